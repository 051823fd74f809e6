import { type Look, rule } from '../../components/box.ts';
import { type Line, line, lineWidth, padEnd, type Span, span, within } from '../../components/line.ts';
import { textField } from '../../components/text-area.ts';
import { wrapParagraph } from '../../components/wrap.ts';
import { costOfUse } from '../../core/api/endpoint.ts';
import { estimateCost, isPriced, pricesDate } from '../../core/api/prices.ts';
import { formatDollars } from '../../core/run/figures.ts';
import { warningsOf } from '../../core/sandbox/checks.ts';
import type { Draft } from '../../core/sandbox/draft.ts';
import { checkParameter, parameterOf } from '../../core/sandbox/parameters.ts';
import { visible } from '../../core/visible.ts';
import type { SandboxModel } from './sandbox-model.ts';

/** What is known of the request before it is sent, below a rule, in at most `rows` rows. */
export function requestNotes(model: SandboxModel, width: number, rows: number, look: Look): Line[] {
  const { draft, estimate } = model.workbench;
  const promptTokens = estimate?.prompt.total ?? null;
  const isPractice = model.endpoint.kind === 'practice';
  const problem = problemOf(model, draft);
  const warnings = warningsOf(draft, { promptTokens, isPractice }).map(({ sentence }) => sentence);
  const trouble = [...(problem ? [problem] : []), ...warnings.filter((each) => each !== problem)];
  const counted = tokenLines(model, draft, width);
  const wrong = trouble.flatMap((sentence) => hung('!', visible(sentence), width, 'warn'));
  const meaning = hung(' ', meaningOf(model, draft), width, 'muted');
  // With room the figures keep their place; without it what is wrong comes first.
  const lines = rows >= 6 ? [...counted, ...wrong, ...meaning] : [...wrong, ...counted, ...meaning];
  const notes = [rule(width, look), ...aside(model, width), ...lines];
  const last = notes[rows - 1];
  if (notes.length <= rows || !last) return notes.slice(0, rows);
  return [...notes.slice(0, rows - 1), within([...last, span(' …', 'muted')], width)];
}

/** A line that is asked for and does not stand in the draft. */
function aside({ entry }: SandboxModel, width: number): Line[] {
  const { editing } = entry;
  if (!editing || !entry.isAside) return [];
  const title = `   ${visible(editing.title)}  `;
  return [
    [
      span(title, 'strong'),
      ...textField({ ...editing.editor.present, width: Math.max(4, width - title.length) }),
    ],
  ];
}

const hung = (head: string, text: string, width: number, style: 'warn' | 'muted'): Line[] =>
  wrapParagraph(text, width - 3, style).map((row, index) => [
    span(index === 0 ? ` ${head} ` : '   ', style),
    ...row,
  ]);

/** What is wrong with the marked parameter, or with another one. */
function problemOf(model: SandboxModel, draft: Draft): string | null {
  const { row } = model;
  const names = Object.keys(draft.parameters) as (keyof typeof draft.parameters)[];
  const first = row.kind === 'parameter' ? [row.name, ...names] : names;
  for (const name of first) {
    const text = draft.parameters[name] ?? '';
    const problem = text === '' ? null : checkParameter(name, text, draft);
    if (problem) return problem.sentence;
  }
  return null;
}

/** The tokens of the prompt and what they cost, then how the prompt has grown from turn to turn. */
function tokenLines(model: SandboxModel, draft: Draft, width: number): Line[] {
  const { estimate, turns } = model.workbench;
  if (!estimate) return [line('   counting the tokens …', 'muted')];
  const { total } = estimate.prompt;
  const counted: Span[] = [span(`   ${total} prompt tokens`, 'strong'), span(' estimated', 'warn')];
  const cost = costText(model, draft, total);
  if (lineWidth(counted) + cost.length + 3 <= width) counted.push(span(` · ${cost}`, 'muted'));
  const priced = counted.length > 2 ? [counted] : [counted, ...hung(' ', cost, width, 'muted')];
  if (turns.length === 0) return priced;
  const counts = [...turns, { promptTokens: total, isEstimated: true }].slice(-6);
  const most = Math.max(...counts.map(({ promptTokens }) => promptTokens));
  const grown: Line = [
    span(padEnd('   by turn', 12), 'muted'),
    ...counts.flatMap(({ promptTokens: count, isEstimated }, index) => [
      span(index > 0 ? ' → ' : '', 'muted'),
      span(`${bars[Math.max(0, Math.ceil((count / most) * 8) - 1)]} `, 'accent'),
      span(isEstimated ? `~${count}` : String(count), isEstimated ? 'warn' : 'text'),
    ]),
  ];
  return [...priced, grown];
}

const bars = '▁▂▃▄▅▆▇█';

function costText(model: SandboxModel, { parameters }: Draft, promptTokens: number): string {
  const use = costOfUse(model.endpoint);
  if (use === 'own') return 'a server of your own';
  if (use === 'unknown' || (use === 'paid' && !isPriced(model.endpoint.baseURL)))
    return 'prices of this server are not known';
  const most = Number(parameters.max_completion_tokens || parameters.max_tokens || Number.NaN);
  const n = Number(parameters.n || 1);
  const isCounted = Number.isSafeInteger(most) && Number.isSafeInteger(n) && n > 0;
  const cost = estimateCost(parameters.model ?? '', promptTokens, isCounted ? most : null, isCounted ? n : 1);
  if (!cost) return 'no price known for this model';
  const range =
    cost.mostCost === null
      ? `${formatDollars(cost.promptCost)} and the answer`
      : `${formatDollars(cost.promptCost)} to ${formatDollars(cost.mostCost)}`;
  return use === 'free' ? `free; at OpenAI ${range} (${pricesDate})` : `${range} (prices of ${pricesDate})`;
}

const rolesSay: Readonly<Record<string, string>> = {
  developer: 'Instructions that stand above the talk: what `system` is called with newer models.',
  system: 'Instructions that stand above the talk: who the model is to be, and how it answers.',
  user: 'What you ask, or tell.',
  assistant: 'What the model said. You send it back: it remembers nothing by itself.',
  tool: 'The result of a call that the assistant asked for, tied to it by `tool_call_id` (x edits it).',
};

/** What the marked row means. */
function meaningOf(model: SandboxModel, draft: Draft): string {
  const { row } = model;
  if (row.kind === 'message') {
    const { role } = draft.messages[row.index]!;
    return rolesSay[role] ?? 'A role that no server is known to take.';
  }
  const { meaning, range, byDefault } = parameterOf(row.name);
  return `${meaning} Range: ${range}. Default: ${byDefault}.`;
}
