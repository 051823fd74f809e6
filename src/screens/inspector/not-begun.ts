import { line } from '../../components/line.ts';
import { blockOf, scrolledBlocks } from './list-and-detail.ts';
import type { TabLayout, TabView } from './tab.ts';

/** A tab of a request that has not begun at the moment that is looked at. */
export const notBegun = ({ width, rows }: TabView): TabLayout => ({
  ...scrolledBlocks([blockOf([line('This request has not begun.', 'muted')])], 0, width, rows),
  markable: 0,
});
