import { blank, line } from '../../components/line.ts';
import { blockOf, scrolledBlocks } from './list-and-detail.ts';
import { fileLines } from './opened-run.ts';
import type { TabLayout, TabView } from './tab.ts';

/** A tab of a request that has not begun at the moment that is looked at. */
export const notBegun = ({ width, rows, file, scroll }: TabView): TabLayout => {
  const lines = [line('This request has not begun.', 'muted'), blank, ...fileLines(file, width)];
  return { ...scrolledBlocks([blockOf(lines)], scroll, width, rows), markable: 0 };
};
