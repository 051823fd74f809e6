import type { Look } from '../../components/box.ts';
import {
  cellWidth,
  clip,
  clipStart,
  fitLine,
  type Line,
  lineWidth,
  span,
  spread,
} from '../../components/line.ts';
import { visible } from '../../core/visible.ts';
import { endingWords } from './ending-words.ts';
import type { Inspection } from './inspection.ts';
import { missingNote } from './opened-run.ts';
import { runName } from './request-of-run.ts';
import { type TabName, tabNames } from './tab.ts';

/** The names of the tabs, the open one marked; they stand closer, and a search is cut, before only that one is left. */
export function tabLine(inspection: Inspection, width: number, look: Look): Line {
  const { tab } = inspection;
  const forms = queryCells.flatMap((cells) =>
    [' ', ''].map((around) => ({
      names: namesOf(tab, around, look),
      found: foundSpans(inspection, cells),
    })),
  );
  // A cell before the names, and one between the two.
  const cellsOf = ({ names, found }: (typeof forms)[number]) =>
    1 + lineWidth(names) + Math.min(1, lineWidth(found)) + lineWidth(found);
  const form = forms.find((each) => cellsOf(each) <= width);
  if (form) return spread([span(' '), ...form.names], form.found, width);
  const place = `${tabNames.indexOf(tab) + 1} of ${tabNames.length}`;
  const open = [span(' '), span(` ${tab} `, 'selected'), span(` ${place}`, 'muted')];
  const room = Math.max(0, width - lineWidth(open) - 2);
  const all = foundSpans(inspection, queryCells[0]);
  const right = lineWidth(all) <= room ? all : foundSpans(inspection, queryCells[1]);
  return spread(open, fitLine(right, Math.min(room, lineWidth(right))), width);
}

/** What is searched for takes so many cells, or fewer. */
const queryCells = [16, 6, 4] as const;

/** All names in a row, with that much around each; the open one is marked over a cell more on both sides. */
const namesOf = (tab: TabName, around: string, look: Look): Line =>
  tabNames.flatMap((name, at) => [
    span(at === 0 ? '' : ' '),
    name === tab
      ? span(look.isPlain ? `[${name}]` : ` ${name} `, 'selected')
      : span(around + name + around, 'muted'),
  ]);

/** What is filtered and found, the search in so many cells. */
const foundSpans = ({ finding: { filter, search }, hits }: Inspection, queryCells: number): Line => [
  span(filter ? `only ${filter} ` : '', 'accent'),
  span(search ? ` / ${clip(visible(search.sought.query), queryCells)} ${hits.length} found ` : '', 'accent'),
];

/** Which run, which of its requests, and how it stands; with little room, what tells the request from the others. */
export function placeLine(
  { run, requests, log, step, isWhole, replay }: Inspection,
  isLive: boolean,
  width: number,
): Line {
  const request = requests[step];
  const summary = log.summary.steps[step];
  const status = summary?.status ?? null;
  const unended = isWhole && !isLive ? 'breaks off' : isLive && replay.isFollowing ? 'going on' : 'so far';
  const code = span(status === null ? '' : String(status), (status ?? 0) < 400 ? 'ok' : 'error');
  const outcome = summary?.outcome ?? null;
  const ending = outcome ? endingWords[outcome] : summary || !request ? unended : 'not begun';
  const mode = summary ? (summary.isStream ? 'stream' : 'normal') : '';
  const standing = (words: string): Line => [code, span(`  ${words} `, 'muted')];

  const id = visible(run.id);
  const missing = missingNote(run, width);
  if (requests.length < 2) {
    const right = standing(`${mode}  ${ending}`);
    const room = width - lineWidth(right) - 2 - cellWidth(missing);
    const whole = visible(runName(run));
    const name = cellWidth(whole) <= room ? whole : clipStart(id, room);
    return spread([span(` ${name}`, 'strong'), span(missing, 'warn')], right, width);
  }
  const label = visible(request?.label ?? '');
  const soFar = isLive ? ' so far' : '';
  const short = ` › ${step + 1} of ${requests.length}${soFar}, ${label}`;
  const forms = [
    [` › request${short.slice(2)}`, `${mode}  ${ending}`],
    [short, `${mode}  ${ending}`],
    [short, ending],
  ] as const;
  const fits = ([which, words]: (typeof forms)[number]) =>
    1 + cellWidth(id + which + missing) + 1 + lineWidth(standing(words)) <= width;
  const [which, words] = forms.find(fits) ?? forms[2];
  const right = standing(words);
  const room = width - lineWidth(right) - 2 - cellWidth(missing);
  const left = clipStart(id, Math.max(shortestId, room - cellWidth(which))) + which;
  return spread([span(` ${clip(left, room)}`, 'strong'), span(missing, 'warn')], right, width);
}

/** Of the name of a run so much at least is kept. */
const shortestId = 8;
