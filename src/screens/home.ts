import type { Look } from '../components/box.ts';
import { blank, clip, fitRows, type Line, line, padEnd, span } from '../components/line.ts';
import { wrapParagraph } from '../components/wrap.ts';
import { costClause, costOfUse, openaiBaseURL } from '../core/api/endpoint.ts';
import type { KeyReport } from '../core/api/keys.ts';
import { lessons } from '../core/lessons/index.ts';
import type { ProgressData } from '../core/progress.ts';
import type { EndpointLabel } from '../core/run/events.ts';
import { visible } from '../core/visible.ts';

/** One row of the home screen's list: an experiment, a page of the closing, or a place of one's own. */
export interface HomeItem {
  /** Of an experiment or a page; the name of a place. */
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly stepIds: readonly string[] | null;
  readonly isPlace?: boolean;
}

export const homeItems: readonly HomeItem[] = [
  ...lessons.flatMap(({ title: group, experiments }) =>
    experiments.map(({ id, title, steps }) => ({ id, group, title, stepIds: steps.map((step) => step.id) })),
  ),
  { id: 'when', group: 'Closing', title: 'when to stream, and when not', stepIds: null },
  { id: 'takeaways', group: 'Closing', title: 'takeaways, with your own figures', stepIds: null },
  {
    id: 'sandbox',
    group: 'Your turn',
    title: 'sandbox: your own requests',
    stepIds: null,
    isPlace: true,
  },
  {
    id: 'inspector',
    group: 'Your turn',
    title: 'inspector: runs and recordings',
    stepIds: null,
    isPlace: true,
  },
  {
    id: 'doctor',
    group: 'Your turn',
    title: 'key doctor: is your key safe',
    stepIds: null,
    isPlace: true,
  },
];

/** The order in which n and p go: the experiments, then the closing pages. */
export const walk: readonly string[] = homeItems.filter(({ isPlace }) => !isPlace).map(({ id }) => id);

/** The items that a search leaves; all of them without one. */
export function searchHome(query: string): readonly HomeItem[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return homeItems.filter(({ id, group, title }) => {
    const text = `${id} ${group} ${title}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** How far an experiment is done. */
function doneOf({ id, stepIds }: HomeItem, done: ProgressData['done']): 'none' | 'some' | 'all' {
  const count = stepIds?.filter((step) => done[id]?.includes(step)).length ?? 0;
  if (count === 0) return 'none';
  return count === stepIds?.length ? 'all' : 'some';
}

export interface HomeView {
  readonly progress: ProgressData & { readonly notice?: string | null };
  readonly selected: number;
  /** What is searched for; null when nothing is. */
  readonly query: string | null;
  readonly isTyping: boolean;
  readonly endpoint: EndpointLabel;
  readonly keys: KeyReport;
  readonly width: number;
  readonly rows: number;
  readonly look: Look;
}

const promise = 'Learn the Chat Completions API on the real wire.';

/** The home screen's body in exactly `rows` rows. */
export function home(view: HomeView): Line[] {
  const { query, isTyping, width, rows, selected, progress, look } = view;
  const items = searchHome(query ?? '');
  const wrapped = homeNotes(view).map((text) => wrapParagraph(text, width - 6));
  const notes = wrapped.flat();
  const groups = new Set(items.map(({ group }) => group)).size;
  const isRoomy = rows >= items.length + notes.length + 6;
  const isAiry = rows >= items.length + groups + notes.length + 6;
  const top: Line[] = isRoomy
    ? [blank, ...wrapParagraph(promise, width - 6, 'strong').map((row): Line => [span('   '), ...row]), blank]
    : [];
  if (query !== null) {
    top.push([
      span('   / ', 'accent'),
      span(visible(query), 'strong'),
      span(isTyping && !look.isPlain ? '█' : '', 'accent'),
      span(items.length === 0 ? '   nothing by that name' : '', 'muted'),
    ]);
  }
  const spare = Math.max(0, rows - top.length - items.length - 1);
  const bottom: Line[] = [blank, ...wholeNotes(wrapped, spare).map((note): Line => [span('   '), ...note])];
  const room = Math.max(1, rows - top.length - bottom.length);
  const from = Math.max(0, Math.min(selected - Math.floor(room / 2), items.length - room));
  const list = items.flatMap((item, index) => {
    const isFirst = items[index - 1]?.group !== item.group;
    const row = itemLine(item, isFirst || index === from, index === selected, progress.done, width);
    return isAiry && isFirst && index > 0 ? [blank, row] : [row];
  });
  const below = isAiry ? 0 : items.length - from - room;
  const shown = isAiry ? list : list.slice(from, from + room);
  // In the blank row above the notes.
  if (below > 0) bottom[0] = line(`   ↓ ${below} more`, 'muted');
  return fitRows([...top, ...shown, ...bottom], rows);
}

function itemLine(
  item: HomeItem,
  isFirst: boolean,
  isSelected: boolean,
  done: ProgressData['done'],
  width: number,
): Line {
  const isWide = width >= 76;
  const groupWidth = isWide ? 22 : Math.min(20, Math.max(12, width - 40));
  const titleWidth = Math.min(48, width - groupWidth - (isWide ? 16 : 8));
  // Where there is little room, a title without an id takes the cells that the id would have.
  const id = item.stepIds ? padEnd(item.id, 4) : isWide ? '    ' : '';
  const title = ` ${padEnd(clip(id + item.title, titleWidth), titleWidth)} `;
  return [
    span(isSelected ? ' › ' : '   ', 'accent'),
    span(padEnd(isFirst ? clip(item.group, groupWidth - 1) : '', groupWidth), 'strong'),
    span(title, isSelected ? 'selected' : 'text'),
    span(isWide ? '  ' : ' '),
    ...statusSpans(item, done, isWide),
  ];
}

function statusSpans(item: HomeItem, done: ProgressData['done'], isWide: boolean): Line {
  const count = item.stepIds?.filter((step) => done[item.id]?.includes(step)).length;
  switch (doneOf(item, done)) {
    case 'all':
      return [span('✓', 'ok'), span(isWide ? ' done' : '', 'muted')];
    case 'some':
      return [span('◐', 'warn'), span(isWide ? ` ${count} of ${item.stepIds?.length}` : '', 'muted')];
    case 'none':
      return line('');
  }
}

/** The first of the notes, as far as they have room whole. */
function wholeNotes(notes: readonly (readonly Line[])[], rows: number): readonly Line[] {
  const sizes = notes.map((_, index) => notes.slice(0, index + 1).flat().length);
  return notes.slice(0, sizes.filter((size) => size <= rows).length).flat();
}

/** What a learner should know about keys, where answers come from, and how to begin: the most pressing first. */
function homeNotes({
  endpoint,
  keys,
  progress,
}: Pick<HomeView, 'endpoint' | 'keys' | 'progress'>): readonly string[] {
  const isNew = Object.keys(progress.done).length === 0;
  const start = 'New here? Enter opens a lesson, a number guesses, and Enter runs it.';
  return [
    ...(progress.notice ? [progress.notice] : []),
    ...keyNotes(endpoint, keys),
    ...(isNew ? [start] : []),
    ...(endpoint.kind === 'practice' ? [practiceNote] : []),
  ];
}

const practiceNote =
  "Answers come from the practice server on this machine: free, offline, and not a model's.";

function keyNotes(endpoint: HomeView['endpoint'], keys: KeyReport): readonly string[] {
  const problems = keys.problems.map(visible);
  const host = visible(endpoint.baseURL.replace(openaiBaseURL, 'api.openai.com'));
  if (endpoint.kind === 'compatible') {
    return [
      `Requests go to ${host} ${costClause(endpoint)}. Press \`o\` to choose who answers.`,
      ...problems,
    ];
  }
  if (!keys.key) return problems;
  if (endpoint.kind === 'openai') {
    const said = `Requests go to ${host} with your key ${keys.key.masked} and cost money.`;
    return [`${said} Press \`o\` to choose who answers.`, ...problems];
  }
  // Of a key that is not used yet, what is wrong with it is all there is to do.
  return [...problems, `A key was found (${keys.key.masked}). Press \`o\` to choose who answers.`];
}

/** The most pressing of it in one row, where the home screen has no rows left for it; null if nothing is. */
export function unsaidNote(
  { notice }: HomeView['progress'],
  endpoint: HomeView['endpoint'],
  keys: KeyReport,
  rows: number,
): string | null {
  if (rows > homeItems.length + 2) return null;
  return notice ?? keyNote(endpoint, keys);
}

function keyNote(endpoint: HomeView['endpoint'], { key, problems }: KeyReport): string | null {
  switch (endpoint.kind) {
    case 'compatible':
      return costOfUse(endpoint) === 'own' ? 'Requests stay on this machine.' : 'Requests may cost money.';
    case 'openai':
      return `Requests cost money${key ? `, with your key ${key.masked}` : ''}.`;
    case 'practice':
      return problems[0]?.replaceAll('`', '') ?? (key ? `A key was found: ${key.masked}.` : null);
  }
}
