import { type Line, padEnd, padStart, type Span, span } from '../../components/line.ts';
import type { Style } from '../../components/theme.ts';
import { bytesBetween, readAt } from '../../core/inspect/body-bytes.ts';
import { isWithin } from '../../core/inspect/found-bytes.ts';
import type { StepRows } from '../../core/run/log.ts';
import type { Block } from './list-and-detail.ts';
import type { Stretch } from './raw-text.ts';

/** Bytes as hexadecimal numbers beside their text, as many a row as fit; a bar stands where one read ends in them. */
export function hexDump(rows: StepRows, { start, end, piece, found }: Stretch, width: number): Block {
  const offsetCells = Math.max(4, String(end).length);
  const perRow = [16, 8, 4].find((count) => offsetCells + 3 + count * 4 <= width) ?? 4;
  const styleOf = (byte: number, plain: Style): Style =>
    isWithin(found, byte) ? 'found' : isWithin(piece, byte) ? 'selected' : plain;

  function lines(from: number, count: number): Line[] {
    const first = start + from * perRow;
    const bytes = bytesBetween(rows.reads, first, Math.min(end, first + count * perRow));
    const cuts = readStarts(rows, Math.max(first, start + 1), first + bytes.length);
    return Array.from({ length: Math.ceil(bytes.length / perRow) }, (_, row) => {
      const at = first + row * perRow;
      const cells = [...bytes.subarray(row * perRow, (row + 1) * perRow)];
      const numbers = cells.map((byte, index) => ({
        text: byte.toString(16).padStart(2, '0'),
        style: styleOf(at + index, 'text'),
        before: cuts.has(at + index) ? '|' : ' ',
      }));
      const text = cells.map((byte, index) => ({
        text: byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : byte === 0x20 ? ' ' : '·',
        style: styleOf(at + index, 'muted'),
      }));
      return merged([
        { text: `${padStart(String(at), offsetCells)} `, style: 'muted' },
        ...numbers.flatMap(({ text: number, style, before }) => [
          { text: before, style: before === '|' ? 'warn' : 'text' },
          { text: number, style },
        ]),
        { text: padEnd('', (perRow - cells.length) * 3 + 2), style: 'text' },
        ...text,
      ] as Span[]);
    });
  }

  return {
    count: Math.ceil((end - start) / perRow),
    found: found ? Math.floor((found.start - start) / perRow) : -1,
    lines,
  };
}

/** The bytes from `from` to before `to` with which a read begins. */
function readStarts({ reads }: StepRows, from: number, to: number): Set<number> {
  const starts = new Set<number>();
  for (let place = readAt(reads, from); (reads[place]?.start ?? to) < to; place++) {
    if (reads[place]!.start >= from) starts.add(reads[place]!.start);
  }
  return starts;
}

/** Neighbours of one style as one span: a span for each byte is felt in every frame. */
function merged(spans: readonly { readonly text: string; readonly style: Style }[]): Line {
  const line: { text: string; style: Style }[] = [];
  for (const { text, style } of spans) {
    const last = line.at(-1);
    if (last?.style === style) last.text += text;
    else line.push({ text, style });
  }
  return line.map(({ text, style }) => span(text, style));
}
