import type { Look } from '../../components/box.ts';
import { eventTable } from '../../components/chunk-table.ts';
import { firstFound, withFound } from '../../components/found.ts';
import { blank, type Line, line, span } from '../../components/line.ts';
import { wrapParagraph, wrapText } from '../../components/wrap.ts';
import { bytesBetween } from '../../core/inspect/body-bytes.ts';
import { makesChunk, parsedData } from '../../core/inspect/event-text.ts';
import { type JsonLine, jsonLines } from '../../core/inspect/json-lines.ts';
import { likelyTokens } from '../../core/inspect/likely-tokens.ts';
import { type LoopEnd, loopEndOf } from '../../core/inspect/loop-end.ts';
import { newestRow } from '../../core/inspect/newest-row.ts';
import { layoutOf, type Sought } from '../../core/inspect/query.ts';
import type { RunEventOf } from '../../core/run/events.ts';
import { formatMs } from '../../core/run/figures.ts';
import type { StepRows } from '../../core/run/log.ts';
import { visible } from '../../core/visible.ts';
import { jsonDetail } from './json-detail.ts';
import { lastLaidOut } from './last-laid-out.ts';
import { blockOf, listAndDetail, scrolledBlocks } from './list-and-detail.ts';
import { inOnePiece, noneOfKind, whyNothing } from './no-chunks.ts';
import { probabilityBars } from './probability-bars.ts';
import { currentRow, rowsInView } from './rows-in-view.ts';
import { isOver, offsetOf, type Tab, type TabView } from './tab.ts';

/** Every event of a stream as a row, and beside it the marked one's JSON with what its keys mean. */
export const chunksTab: Tab = (view) => {
  const rows = view.log.rows(view.step);
  const count = Math.max(rows.events.length, rows.chunks.length);
  if (count === 0) {
    const whole = blockOf(wholeAnswer(view, rows));
    return { ...scrolledBlocks([whole], view.scroll, view.width, view.rows), markable: 0 };
  }
  const { shown, selected } = view;
  const list = { count, shown, selected, newest: newestRow(rows, view.summary) };
  const current = currentRow(list);
  const layout = listAndDetail(
    view,
    (width, height) => {
      const { numbers } = rowsInView(list, height - 1);
      const marked = current === null ? null : { index: current, isMarked: selected !== null };
      const { sought } = view;
      const events = { rows, offsetMs: offsetOf(view), isOver: isOver(view), sought: sought?.text ?? null };
      return eventTable(events, numbers, width, marked);
    },
    (width) =>
      current === null
        ? [blockOf(wrapParagraph(noneOfKind(isOver(view)), width, 'muted'))]
        : [blockOf([headOf(view, rows, current), blank]), blockOf(eventDetail(view, rows, current, width))],
  );
  return { ...layout, markable: count };
};

const doneSaid = '`[DONE]` says that the stream is over. It is no JSON and gives no chunk.';
const loopSaid = 'The SDK ends its loop here.';
const notYetSaid = 'The event is here; the SDK has not handed over its chunk yet.';
const noJson = 'The data of this event is no JSON.';
const thrownSaid = 'The SDK throws a `SyntaxError` here.';

/** Why the SDK made nothing of an event behind the one at which its loop ended. */
const behindSaid = ({ index, isThrown }: LoopEnd): string =>
  `The SDK did not get so far: ${isThrown ? 'it had given up' : 'its loop had ended'} at event ${index}.`;

const laidOut = lastLaidOut();

/** More of what is no JSON is not laid out. */
const longestData = 4000;

/** What is said where the data of an event has what is sought, and its lines do not. */
function unseen(
  sought: Sought | null | undefined,
  data: string,
  lines: readonly Line[],
  width: number,
): readonly Line[] {
  if (!sought || firstFound(lines) >= 0 || !sought.isIn(data)) return [];
  const where = sought.text
    ? 'Found in its bytes, which the wire tab shows.'
    : 'It has that, folded up in these lines.';
  return [...wrapParagraph(where, width, 'muted'), blank];
}

/** Why an event has an earlier time than the chunk before it. */
function aheadSaid({ chunks }: StepRows, { at }: RunEventOf<'event'>): string {
  const last = chunks.at(-1);
  return last && at < last.at
    ? ` Its bytes came before the SDK handed over chunk ${last.index}, and the times in the list are those of chunks.`
    : '';
}

/** Whether the chunk of an event may still come. */
const isAwaited = (view: TabView, { events, chunks }: StepRows, index: number): boolean =>
  !isOver(view) && !chunks[index] && makesChunk(events[index]!);

function eventDetail(view: TabView, rows: StepRows, index: number, width: number): readonly Line[] {
  const { look, sought } = view;
  const event = rows.events[index];
  const row = rows.chunks[index];
  const isWaiting = isAwaited(view, rows, index);
  const ahead = row || !event ? '' : aheadSaid(rows, event);
  const end = view.summary && loopEndOf(rows, view.summary);
  const behind = end && index > end.index ? behindSaid(end) : null;
  return laidOut(
    (row ?? event)!,
    `${width} ${look.isPlain} ${isWaiting} ${ahead} ${behind} ${layoutOf(sought)}`,
    () => {
      if (!row && event?.data === '[DONE]') {
        const said = behind === null ? `${doneSaid} ${loopSaid}${ahead}` : `${doneSaid} ${behind}`;
        return wrapParagraph(said, width);
      }
      const value = row ? row.chunk : event && parsedData(event).value;
      if (value === undefined && event) {
        const data = wrapText(visible(event.data.slice(0, longestData)), width, 'string').map((row) =>
          withFound(row, sought?.text ?? null),
        );
        if (event.data.length > longestData) data.push(line('… more, not laid out here', 'muted'));
        const said = wrapParagraph(`${noJson} ${behind ?? thrownSaid}`, width);
        return [...said, blank, ...unseen(sought, event.data, data, width), ...data];
      }
      // What is the same in every chunk would push what is new out of view.
      const before = rows.chunks[index - 1];
      const json = jsonLines(value, before && { value: before.chunk, name: `#${index - 1}` });
      const why = isWaiting ? notYetSaid : behind;
      const said = why === null ? [] : [...wrapParagraph(why, width, 'muted'), blank];
      const detail = valueDetail(json, value, width, look, sought);
      return [...said, ...unseen(sought, event?.data ?? '', detail, width), ...detail];
    },
  );
}

/** JSON with what its keys mean; first, where they came, the probabilities of its tokens. */
function valueDetail(
  json: readonly JsonLine[],
  value: unknown,
  width: number,
  look: Look,
  sought: Sought | null = null,
): Line[] {
  const tokens = likelyTokens(value, 20);
  const bars = tokens.length > 0 ? [...probabilityBars(tokens, width, look), blank] : [];
  const marked = { text: sought?.text ?? null, fields: sought?.fieldsIn(value) ?? [] };
  return [...bars, ...jsonDetail(json, kindOf(value), width, marked)];
}

function headOf(view: TabView, rows: StepRows, index: number): Line {
  const event = rows.events[index];
  const row = rows.chunks[index];
  const last = Math.max(rows.events.length, rows.chunks.length) - 1;
  const at = (row ?? event)?.at;
  const parts = [
    ` of 0–${last}`,
    ...(row ? [] : [isAwaited(view, rows, index) ? 'no chunk yet' : 'no chunk']),
    ...(at === undefined ? [] : [formatMs(at - offsetOf(view))]),
    ...(event ? [`${event.end - event.start} B`] : []),
  ];
  return [span(row ? `chunk ${index}` : `event ${index}`, 'strong'), span(parts.join(' · '), 'muted')];
}

/** More of a body is not taken for JSON. */
const longestBody = 4_000_000;

/** What came in one piece: an answer that was not streamed, or the body of an error. */
function wholeAnswer(view: TabView, rows: StepRows): readonly Line[] {
  const { summary, width, look } = view;
  const key = rows.response ?? rows.reads.at(-1);
  if (!key) return wrapParagraph(whyNothing(summary, view.breaksOff), width, 'muted');
  return laidOut(key, `${width} ${look.isPlain} ${isOver(view)} ${view.breaksOff}`, () => {
    const value = rows.response ? rows.response.body : bodyOf(rows);
    if (value === undefined) {
      return wrapParagraph(neitherSaid(view), width, 'muted');
    }
    const said = wrapParagraph(inOnePiece(summary?.status ?? null), width, 'muted');
    return [...said, blank, ...valueDetail(jsonLines(value), value, width, look)];
  });
}

/** What is said of bytes that are no stream of events and no JSON, or not yet. */
function neitherSaid(view: TabView): string {
  if (view.breaksOff) return 'The file breaks off before the first event.';
  if (!isOver(view)) return 'No whole event has come yet.';
  const status = view.summary?.status ?? 0;
  const what = status >= 400 ? `HTTP ${status}, an error, with a body that` : 'What came';
  return `${what} is neither a stream of chunks nor JSON. Wire shows its bytes.`;
}

function bodyOf({ reads }: StepRows): unknown {
  const end = reads.at(-1)?.end ?? 0;
  if (end > longestBody) return undefined;
  try {
    return JSON.parse(Buffer.from(bytesBetween(reads, 0, end)).toString());
  } catch {
    return undefined;
  }
}

/** What a body says that it is, such as `chat.completion.chunk`. */
function kindOf(value: unknown): string | undefined {
  const kind = typeof value === 'object' && value !== null && 'object' in value ? value.object : undefined;
  return typeof kind === 'string' ? kind : undefined;
}
