import type { Step, StepComparison } from '../core/lessons/types.ts';
import { formatMs } from '../core/run/figures.ts';
import type { StepSummary } from '../core/run/summary.ts';
import { visible } from '../core/visible.ts';
import { clip, type Line, line, padEnd, padStart, span } from './line.ts';
import type { Style } from './theme.ts';
import { scaleFor } from './time-line.ts';

interface Stripped {
  readonly steps: readonly Step[];
  readonly summaries: readonly StepSummary[];
  readonly compare: StepComparison;
  readonly selected: number;
  readonly nowMs: number | null;
  readonly width: number;
  readonly isPlain: boolean;
}

/** The steps of an experiment one below the other: a heading, and a row each that compares what the lesson compares. */
export function stepStrip({ steps, summaries, compare, selected, nowMs, width, isPlain }: Stripped): Line[] {
  const labelWidth = Math.min(Math.max(...steps.map(({ label }) => label.length)), Math.floor(width * 0.4));
  const room = width - labelWidth - 6;
  const view = views[compare];
  const rows = steps.map(({ label }, index): Line => {
    const step = summaries[index] ?? null;
    const isSelected = index === selected;
    const name = padEnd(clip(label, labelWidth), labelWidth);
    return [
      span(isSelected ? '›' : ' ', 'accent'),
      ...glyph(step),
      span(name, isSelected ? 'strong' : step ? 'text' : 'muted'),
      span('  '),
      ...(step ? view.row(step, { summaries, nowMs, room, isPlain }) : []),
    ];
  });
  return [[span(padEnd('', labelWidth + 6)), ...view.head(room, isPlain)], ...rows];
}

function glyph(step: StepSummary | null): Line {
  if (!step) return [span(' · ', 'muted')];
  if (step.outcome === null) return [span(' … ', 'accent')];
  return step.outcome === 'complete' ? [span(' ✓ ', 'ok')] : [span(' ✗ ', 'error')];
}

interface RowContext {
  readonly summaries: readonly StepSummary[];
  readonly nowMs: number | null;
  readonly room: number;
  readonly isPlain: boolean;
}

interface View {
  readonly head: (room: number, isPlain: boolean) => Line;
  readonly row: (step: StepSummary, context: RowContext) => Line;
}

const tokensOf = ({ usage }: StepSummary): string =>
  usage ? `${usage.prompt_tokens} + ${usage.completion_tokens} = ${usage.total_tokens}` : '–';
const timeOf = ({ endMs }: StepSummary): string => (endMs === null ? '…' : formatMs(endMs));

/** What came of a step in one word or two: how the answer ended, or what was thrown. */
function endOf(step: StepSummary): readonly [string, Style] {
  if (step.error) return [visible(step.error.className), 'error'];
  if (step.outcome === 'aborted') return ['stopped', 'warn'];
  if (step.outcome === 'no-done') return ['just ended', 'warn'];
  if (step.finishReason) return [visible(step.finishReason), step.finishReason === 'stop' ? 'ok' : 'warn'];
  return [step.outcome === null ? '…' : 'answered', step.outcome === null ? 'muted' : 'ok'];
}

/** A column of numbers: its heading and its cells end on the same cell. */
const right = (text: string, width: number): string => padStart(clip(text, width), width);

// Where there is little room, the columns that the panel says elsewhere give way.
const tokensCells = (room: number): number => (room >= 38 ? 15 : 0);
const statusCells = (room: number): number => (room >= 30 ? 4 : 0);
/** Where there is room, the status stands off the longest names, such as `AuthenticationError`. */
const outcomeWidth = (room: number): number => (room >= 40 ? 21 : 19);
const triesCells = (room: number): number => (room >= 42 ? 8 : room >= 38 ? 7 : room >= 36 ? 6 : 0);
/** The time keeps clear of the figures before it where there is room: `24 692 ms` reads as one number. */
const timeCells = (room: number, taken: number): number => Math.max(7, Math.min(9, room - taken));

function finishCells(tokens: string, time: string, room: number): string {
  const cells = tokensCells(room);
  return right(tokens, cells) + right(time, timeCells(room, 15 + cells));
}

function outcomeCells(status: string, tries: string, time: string, room: number): string {
  const [statusWidth, triesWidth] = [statusCells(room), triesCells(room)];
  return (
    right(status, statusWidth) +
    right(tries, triesWidth) +
    right(time, timeCells(room, outcomeWidth(room) + statusWidth + triesWidth))
  );
}

const views: Readonly<Record<StepComparison, View>> = {
  'finish-reason': {
    head: (room) => line(padEnd('finish_reason', 15) + finishCells('tokens', 'time', room), 'muted'),
    row: (step, { room }) => {
      const [end, style] = endOf(step);
      const figures = finishCells(tokensOf(step), timeOf(step), room);
      return [span(padEnd(clip(end, 15), 15), style), span(figures)];
    },
  },
  outcome: {
    head: (room) =>
      line(
        padEnd('what came of it', outcomeWidth(room)) + outcomeCells('HTTP', 'tries', 'time', room),
        'muted',
      ),
    row: (step, { room }) => {
      const [end, style] = endOf(step);
      const [status, tries] = [String(step.status ?? '–'), String(step.attempts.length || '–')];
      return [
        span(padEnd(clip(end, 19), outcomeWidth(room)), style),
        span(outcomeCells(status, tries, timeOf(step), room)),
      ];
    },
  },
  'prompt-tokens': {
    head: () => line('prompt + answer = total tokens', 'muted'),
    row: (step, { summaries, room, isPlain }) => {
      if (!step.usage) return [span(endOf(step)[0], 'muted')];
      const most = Math.max(...summaries.map(({ usage }) => usage?.prompt_tokens ?? 0), 1);
      const width = Math.max(4, room - 16);
      const bar = '█'.repeat(Math.max(1, Math.round((step.usage.prompt_tokens / most) * width)));
      return [...(isPlain ? [] : [span(`${bar} `, 'accent')]), span(tokensOf(step))];
    },
  },
  time: {
    head: (_, isPlain) =>
      isPlain
        ? line('when text came', 'muted')
        : [span('░ waiting  ', 'muted'), span('█', 'assistant'), span(' text arriving', 'muted')],
    row: (step, { summaries, nowMs, room, isPlain }) => {
      const [total, endMs] = [timeOf(step), step.endMs ?? nowMs ?? step.lastChunkMs ?? 0];
      // A normal answer is all there at its end; a step that was stopped or failed before has no text to draw.
      const first = step.isStream ? step.firstContentMs : step.outcome === 'complete' ? step.endMs : null;
      if (isPlain) return [span(`first text ${first === null ? '–' : formatMs(first)}, end ${total}`)];
      const width = Math.max(4, room - 9);
      const scale = scaleFor(Math.max(endMs, ...summaries.map((each) => each.endMs ?? 0), 501));
      const at = (ms: number) => Math.round((ms / scale) * width);
      // A text that came at the very end has a cell of its own all the same.
      const waiting = first === null ? at(endMs) : Math.min(at(first), width - 1);
      const arriving = first === null ? 0 : Math.max(1, at(endMs) - waiting);
      return [
        span('░'.repeat(waiting), 'muted'),
        span('█'.repeat(arriving), 'assistant'),
        span(padStart(total, Math.max(9, width - waiting - arriving + 9))),
      ];
    },
  },
  usage: {
    head: () => line(`${right('chunks', 6)}   usage`, 'muted'),
    row: (step) => [
      span(`${right(String(step.chunks), 6)}   `),
      step.usage ? span(tokensOf(step)) : span(step.outcome === null ? '…' : 'not sent', 'muted'),
    ],
  },
};
