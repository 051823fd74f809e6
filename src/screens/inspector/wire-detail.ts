import { blank, type Line, line, span } from '../../components/line.ts';
import { wrapParagraph, wrapText } from '../../components/wrap.ts';
import { bytesBetween, readAt } from '../../core/inspect/body-bytes.ts';
import { firstFoundBytes } from '../../core/inspect/found-bytes.ts';
import { pieceInText, pieceOf } from '../../core/inspect/piece.ts';
import { layoutOf } from '../../core/inspect/query.ts';
import { valueRange } from '../../core/inspect/value-range.ts';
import { readingOf } from '../../core/run/chunk-in-bytes.ts';
import { formatMs } from '../../core/run/figures.ts';
import type { StepRows } from '../../core/run/log.ts';
import { quote, visible } from '../../core/visible.ts';
import { hardWrap } from './hard-wrap.ts';
import { hexDump } from './hex-dump.ts';
import { lastLaidOut } from './last-laid-out.ts';
import { readSentence, readsOf } from './layer-words.ts';
import { type Block, blockOf } from './list-and-detail.ts';
import { mostText, rawText, type Stretch } from './raw-text.ts';
import { isOver, knowsReads, noReads, offsetOf, type TabView } from './tab.ts';

/** In fewer rows no line is left blank below the heading. */
const roomy = 12;

/** The bytes of an event, the place of its text in the answer, and the reads that brought it. */
export function eventDetail(
  view: TabView,
  rows: StepRows,
  index: number,
  width: number,
  height: number,
): Block[] {
  const event = rows.events[index]!;
  const first = readAt(rows.reads, event.start);
  const last = Math.min(rows.reads.length - 1, readAt(rows.reads, event.end - 1));
  const reads = last < first ? 0 : last - first + 1;
  const about = [
    ` of 0–${rows.events.length - 1}`,
    `bytes ${event.start}–${event.end - 1}`,
    ...(knowsReads(view) ? [readsOf(reads > 0 ? first : null, reads)] : []),
    formatMs(event.at - offsetOf(view)),
  ];
  const stretch = {
    start: event.start,
    end: event.end,
    piece: pieceRange(rows, index),
    found: view.sought ? firstFoundBytes(rows, index, view.sought) : null,
    sought: view.sought ?? null,
  };
  const heading = [span(`event ${index}`, 'strong'), span(about.join(' · '), 'muted')];
  return [
    blockOf([...hardWrap(heading, width, true), ...(height >= roomy ? [blank] : [])]),
    bytesBlock(view, rows, stretch, event, width),
    blockOf([
      blank,
      ...pieceLines(view, rows, index, width),
      ...readLines(view, rows, first, reads, width),
      ...(hasPadding(rows.chunks[index]?.chunk) ? [blank, ...padding(width)] : []),
    ]),
  ];
}

/** Where the text that an event brings stands among the bytes of the body. */
function pieceRange(rows: StepRows, index: number): Stretch['piece'] {
  const chunk = rows.chunks[index];
  const piece = chunk ? pieceOf(readingOf(chunk)) : null;
  if (!piece) return null;
  const { start, end } = rows.events[index]!;
  // A character for each byte: what is found are places of bytes.
  const text = Buffer.from(bytesBetween(rows.reads, start, Math.min(end, start + mostText))).toString(
    'latin1',
  );
  const data = /(?:^|[\r\n])data: ?/.exec(text);
  const range = data && valueRange(text, piece.path, data.index + data[0].length);
  if (!range) return null;
  // Without the quotes; of a long text the second one is out of reach.
  const quotes = range.end < text.length ? 1 : 0;
  return { start: start + range.start + 1, end: start + range.end - quotes };
}

const laidOut = lastLaidOut();

/** The bytes of an event or a body; `key` is the event, or the last read of the body. */
function bytesBlock(
  { isHex, look }: TabView,
  rows: StepRows,
  stretch: Stretch,
  key: object,
  width: number,
): Block {
  if (isHex) return hexDump(rows, stretch, width);
  const layout = `${width} ${look.isPlain} ${stretch.piece?.start} ${layoutOf(stretch.sought)}`;
  return blockOf(laidOut(key, layout, () => rawText(rows, stretch, width, look)));
}

/** Characters of the answer on each side of the marked piece, and of the piece itself. */
const around = 60;
const longestPiece = 400;

/** The marked piece in the answer. */
function pieceLines(view: TabView, rows: StepRows, index: number, width: number): Line[] {
  const found = pieceInText(rows.chunks, index, around);
  if (!found) return [];
  const isLong = found.text.length > longestPiece;
  const text = found.text.slice(0, longestPiece);
  if (view.look.isPlain) {
    return [
      ...wrapText(`It adds to the answer: ${quote(text)}${isLong ? ' …' : ''}`, width),
      ...(found.before ? wrapText(`Before it: ${quote(found.before)}`, width, 'muted') : []),
      blank,
    ];
  }
  const oneLine = (piece: string) => visible(` ${piece.replaceAll('\n', '⏎')}`).slice(1);
  const spans = [
    span(oneLine(found.before), 'muted'),
    span('▌', 'accent'),
    span(oneLine(text), 'selected'),
    ...(isLong ? [span('…', 'muted')] : [span('▐', 'accent'), span(oneLine(found.after), 'muted')]),
  ];
  return [line('in the answer', 'muted'), ...hardWrap(spans, width), blank];
}

const hasPadding = (chunk: unknown): boolean =>
  typeof chunk === 'object' && chunk !== null && 'obfuscation' in chunk;

const padding = (width: number): Line[] =>
  wrapParagraph(
    '`obfuscation` is random padding, so that the size of a chunk does not betray its text.',
    width,
    'muted',
  );

const mostReads = 3;

function readLines(view: TabView, rows: StepRows, first: number, count: number, width: number): Line[] {
  if (!knowsReads(view)) return wrapParagraph(noReads, width, 'muted');
  const offsetMs = offsetOf(view);
  const shown = Array.from({ length: Math.min(count, mostReads) }, (_, at) => first + at);
  const more = count - shown.length;
  return [
    ...shown.flatMap((place) => wrapParagraph(readSentence(rows, place, offsetMs), width, 'muted')),
    ...(more > 0 ? [line(`and ${more} more`, 'muted')] : []),
  ];
}

/** A body that is no stream of events, such as a whole answer or that of an error. */
export function bodyWithoutEvents(view: TabView, rows: StepRows): Block[] {
  const last = rows.reads.at(-1);
  if (!last) {
    const said = isOver(view) ? 'No bytes of a body.' : 'No byte of a body has come yet.';
    return [blockOf([line(view.summary === null ? 'Nothing has been sent yet.' : said, 'muted')])];
  }
  const first = readAt(rows.reads, 0);
  const count = rows.reads.length - first;
  const reads = knowsReads(view) ? ` · ${readsOf(first, count)}` : '';
  const stretch = { start: 0, end: last.end, piece: null, found: null, sought: null };
  return [
    blockOf([[span('no events', 'strong'), span(` · ${last.end} B${reads}`, 'muted')], blank]),
    bytesBlock(view, rows, stretch, last, view.width),
    blockOf([blank, ...readLines(view, rows, first, count, view.width)]),
  ];
}
