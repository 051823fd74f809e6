import type { Line } from '../../components/line.ts';

/**
 * Remembers the lines that were laid out last: what is marked stays so for many frames, and may be megabytes long. Only
 * the last, for in a replay every event is marked once.
 *
 * @returns gives the lines for a thing and a layout of it, laid out anew if either is another than before
 */
export function lastLaidOut(): (key: object, layout: string, lay: () => readonly Line[]) => readonly Line[] {
  let last: { readonly key: object; readonly layout: string; readonly lines: readonly Line[] } | null = null;
  return (key, layout, lay) => {
    if (last?.key !== key || last.layout !== layout) last = { key, layout, lines: lay() };
    return last.lines;
  };
}
