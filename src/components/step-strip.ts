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
  return [[span(padEnd('', labelWidth + 6)), ...line(view.head(room, isPlain), 'muted')], ...rows];
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
  readonly head: (room: number, isPlain: boolean) => string;
  readonly row: (step: StepSummary, context: RowContext) => Line;
}

const tokensOf = ({ usage }: StepSummary): string =>
  usage ? `${usage.prompt_tokens} + ${usage.completion_tokens} = ${usage.total_tokens}` : '–';
const timeOf = ({ endMs }: StepSummary): string => (endMs === null ? '…' : formatMs(endMs));
const cells = (...parts: readonly [string, number][]): string =>
  parts.map(([text, width]) => padEnd(clip(text, width), width)).join('');

/** What came of a step in one word or two: how the answer ended, or what was thrown. */
function endOf(step: StepSummary): readonly [string, Style] {
  if (step.error) return [visible(step.error.className), 'error'];
  if (step.outcome === 'aborted') return ['stopped', 'warn'];
  if (step.outcome === 'no-done') return ['just ended', 'warn'];
  if (step.finishReason) return [visible(step.finishReason), step.finishReason === 'stop' ? 'ok' : 'warn'];
  return [step.outcome === null ? '…' : 'answered', step.outcome === null ? 'muted' : 'ok'];
}

// Where there is little room, the columns that the panel says elsewhere give way.
const tokensCells = (room: number): number => (room >= 39 ? 15 : 0);
const triesCells = (room: number): number => (room >= 35 ? 7 : 0);

const views: Readonly<Record<StepComparison, View>> = {
  'finish-reason': {
    head: (room) => cells(['finish_reason', 16], ['tokens', tokensCells(room)], ['time', 8]),
    row: (step, { room }) => {
      const [end, style] = endOf(step);
      return [
        span(cells([end, 16]), style),
        span(cells([tokensOf(step), tokensCells(room)], [timeOf(step), 8])),
      ];
    },
  },
  outcome: {
    head: (room) => cells(['what came of it', 20], ['tries', triesCells(room)], ['time', 8]),
    row: (step, { room }) => {
      const [end, style] = endOf(step);
      return [
        span(cells([end, 20]), style),
        span(cells([String(step.attempts.length || '–'), triesCells(room)], [timeOf(step), 8])),
      ];
    },
  },
  'prompt-tokens': {
    head: () => 'prompt tokens',
    row: (step, { summaries, room, isPlain }) => {
      if (!step.usage) return [span(endOf(step)[0], 'muted')];
      const most = Math.max(...summaries.map(({ usage }) => usage?.prompt_tokens ?? 0), 1);
      const width = Math.max(4, room - 16);
      const bar = '█'.repeat(Math.max(1, Math.round((step.usage.prompt_tokens / most) * width)));
      return [...(isPlain ? [] : [span(`${bar} `, 'accent')]), span(tokensOf(step))];
    },
  },
  time: {
    head: (_, isPlain) => (isPlain ? 'when text came' : '░ waiting  █ text arriving'),
    row: (step, { summaries, nowMs, room, isPlain }) => {
      const [total, endMs] = [timeOf(step), step.endMs ?? nowMs ?? step.lastChunkMs ?? 0];
      const first = step.isStream ? step.firstContentMs : step.endMs;
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
    head: () => cells(['chunks', 8], ['usage', 22]),
    row: (step) => [
      span(cells([String(step.chunks), 8])),
      step.usage
        ? span(cells([tokensOf(step), 22]))
        : span(cells([step.outcome === null ? '…' : 'not sent', 22]), 'muted'),
    ],
  },
};
