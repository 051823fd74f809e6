import { expect, test, vi } from 'vitest';
import { diffTab } from '../../../src/screens/inspector/diff-tab.ts';
import { shown } from '../../components/shown.ts';
import { abortedRun, helloRun, helloWords, logOf, stepEnd } from '../../helpers/logs.ts';
import { viewOf } from './tab-view.ts';

test('two runs are compared once for many frames, and anew when one of them has grown', () => {
  const run = { id: '3b', log: logOf(helloRun) };
  const other = { run: { id: '3b', log: logOf(helloWords) }, step: 0 };
  const draw = (selected: number) => diffTab({ ...viewOf(run.log), selected }, run, other, false);
  const chunksRead = vi.spyOn(run.log, 'rows');
  const before = shown(draw(0).lines);
  const count = chunksRead.mock.calls.length;
  expect(shown(draw(1).lines)).not.toEqual(before);
  expect(chunksRead.mock.calls.length).toBe(count);
  other.run.log.append(stepEnd(700, 'cut'));
  expect(shown(draw(0).lines).join('\n')).toContain('cut');
  const third = { run: { id: '3b', log: logOf(abortedRun) }, step: 0 };
  expect(shown(diffTab(viewOf(run.log), run, third, false).lines).join('\n')).toContain('aborted');
});
