import { wrapParagraph } from '../../components/wrap.ts';
import { type LayerRow, layersOf } from '../../core/inspect/layers.ts';
import { newestRow } from '../../core/inspect/newest-row.ts';
import type { StepRows } from '../../core/run/log.ts';
import { within } from '../clamp.ts';
import { layerColumns } from './layer-columns.ts';
import { layerWords } from './layer-words.ts';
import { blockOf, listAndDetail, scrolledBlocks } from './list-and-detail.ts';
import { noneOfKind } from './no-chunks.ts';
import { currentRow, type ListedRows, rowsInView } from './rows-in-view.ts';
import { isOver, knowsReads, offsetOf, type Tab, type TabView } from './tab.ts';
import { bodyWithoutEvents, eventDetail } from './wire-detail.ts';

/** The three layers of a stream aligned, and the bytes of the marked event. */
export const wireTab: Tab = (view) => {
  const rows = view.log.rows(view.step);
  const count = rows.events.length;
  if (count === 0) {
    const body = bodyWithoutEvents(view, rows);
    return { ...scrolledBlocks(body, view.scroll, view.width, view.rows), markable: 0 };
  }
  const { shown, selected } = view;
  const list = { count, shown, selected, newest: Math.min(newestRow(rows, view.summary), count - 1) };
  const current = currentRow(list);
  const offsetMs = offsetOf(view);
  const layout = listAndDetail(
    view,
    (width, height) => {
      const layers = layersInView(view, rows, list, height - 1);
      const marked = current === null ? null : { index: current, isMarked: view.selected !== null };
      const draw = view.look.isPlain ? layerWords : layerColumns;
      return draw(
        { rows, layers, marked, offsetMs, hasReads: knowsReads(view), isOver: isOver(view) },
        width,
      );
    },
    (width, height) =>
      current === null
        ? [blockOf(wrapParagraph(noneOfKind(isOver(view)), width, 'muted'))]
        : eventDetail(view, rows, current, width, height),
  );
  return { ...layout, markable: count };
};

/** The rows of the layers that are in view: around the current event, or to the end if that is the newest. */
function layersInView({ look }: TabView, rows: StepRows, list: ListedRows, height: number): LayerRow[] {
  const { shown, selected } = list;
  const { numbers, current } = rowsInView(list, height);
  const all = shown
    ? numbers.flatMap((number) => layersOf(rows, number, 1).filter(({ event }) => event !== null))
    : layersOf(rows, numbers[0]!, numbers.length);
  const layers = look.isPlain ? all.filter(({ isStart }) => isStart) : all;
  const place = layers.findIndex(({ event }) => event === current);
  const isAtEnd = place < 0 || (selected === null && current === numbers.at(-1));
  const from = isAtEnd ? layers.length - height : place - Math.floor(height / 2);
  const first = within(from, layers.length - height);
  return layers.slice(first, first + height);
}
