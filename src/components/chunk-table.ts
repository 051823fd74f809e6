import { formatMs } from '../core/run/figures.ts';
import type { StepRows } from '../core/run/log.ts';
import { quote, visible } from '../core/visible.ts';
import { clip, type Line, line, padEnd, padStart, span } from './line.ts';

type Chunk = StepRows['chunks'][number]['chunk'];

/** What is new in a chunk, in a few words: text in quotes, and what the special chunks say. */
function deltaText(chunk: Chunk): string {
  const choice = chunk.choices?.[0];
  if (!choice) return chunk.usage ? 'no choices, only usage' : '(no choices)';
  const { role, content, refusal, tool_calls: calls } = choice.delta ?? {};
  const parts: string[] = [];
  if (role) parts.push(`role: ${visible(role)}`);
  for (const call of calls ?? []) {
    const name = call.function?.name ? `${visible(call.function.name)} ` : '';
    parts.push(`tool_call ${name}${quote(call.function?.arguments ?? '')}`);
  }
  if (typeof refusal === 'string') parts.push(`refusal: ${quote(refusal)}`);
  if (typeof content === 'string') parts.push(quote(content));
  return parts.join(', ') || '(nothing)';
}

const head = '    #        at       gap   finish_reason   ';

/** The heading of the table and `rows` of its chunks, from chunk `from` on; `selected` is the marked one. */
export function chunkTable(
  { chunks }: StepRows,
  offsetMs: number,
  from: number,
  rows: number,
  width: number,
  selected: number | null,
): Line[] {
  const lines: Line[] = [line(clip(`${head}delta`, width), 'muted')];
  for (const { index, at, chunk } of chunks.slice(from, from + rows)) {
    const before = chunks[index - 1];
    const reason = chunk.choices?.[0]?.finish_reason;
    const cells = [
      padStart(String(index), 5),
      padStart(formatMs(at - offsetMs), 10),
      padStart(before ? formatMs(at - before.at) : '–', 10),
      '   ',
      padEnd(clip(reason ? visible(reason) : '–', 14), 16),
    ].join('');
    const delta = clip(deltaText(chunk), width - cells.length);
    const hasText = Boolean(chunk.choices?.[0]?.delta?.content);
    lines.push(
      index === selected
        ? line(padEnd(cells + delta, width), 'selected')
        : [span(cells), span(delta, hasText ? 'assistant' : 'muted')],
    );
  }
  return lines;
}

const bars = '▁▂▃▄▅▆▇█';

/** The gaps between the last chunks as bars, with their median and the largest. */
export function gapLine(
  { chunks }: StepRows,
  largestMs: number | null,
  width: number,
  isPlain: boolean,
): Line {
  if (chunks.length < 2) return line('gaps  –', 'muted');
  // The last few hundred say what a learner needs; all of a long stream each frame would cost too much.
  const recent = chunks.slice(-400);
  const gaps = recent.slice(1).map(({ at }, index) => at - recent[index]!.at);
  const sorted = gaps.toSorted((a, b) => a - b);
  const words = `median ${formatMs(sorted[Math.floor(sorted.length / 2)]!)} · largest ${formatMs(largestMs ?? 0)}`;
  const shown = isPlain ? [] : gaps.slice(-Math.max(0, width - words.length - 9));
  const top = Math.max(...shown, 1);
  const spark = shown.map((gap) => bars[Math.min(7, Math.floor((gap / top) * 8))]).join('');
  return [span('gaps  ', 'muted'), span(spark, 'accent'), span(spark ? '   ' : ''), span(words, 'muted')];
}
