import type { RunLog } from '../../../src/core/run/log.ts';
import type { TabView } from '../../../src/screens/inspector/tab.ts';
import { boxed } from '../../components/shown.ts';

/** What a tab is drawn from, for the first step of a run. */
export const viewOf = (log: RunLog, more: Partial<TabView> = {}): TabView => ({
  log,
  step: 0,
  summary: log.summary.steps[0] ?? null,
  selected: null,
  shown: null,
  isHex: false,
  scroll: 0,
  width: 118,
  rows: 16,
  look: boxed,
  ...more,
});
