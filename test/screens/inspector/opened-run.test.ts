import { expect, test } from 'vitest';
import type { Recording } from '../../../src/core/run/recording.ts';
import { InspectorModel } from '../../../src/screens/inspector/inspector-model.ts';
import { inspectorView } from '../../../src/screens/inspector/inspector-view.ts';
import { boxed, shown } from '../../components/shown.ts';
import { helloRun } from '../../helpers/logs.ts';
import { stillInspector, world } from '../world.ts';

/** The inspector with a file open, and its screen with one tab after the other. */
function opened(
  { problems = [], notes = [], events = helloRun }: Partial<Recording>,
  [width, rows]: [number, number],
) {
  const host = { say: () => {}, changed: () => {}, go: () => {}, leave: () => {}, inspect: () => {} };
  const model = new InspectorModel({ ...host, session: world().session }, stillInspector());
  model.show('f.jsonl', { events, problems, notes });
  const rowsOf = () => shown(inspectorView(model, width, rows, boxed));
  return {
    model,
    press: (key: string) => {
      rowsOf();
      model.press(key);
      return rowsOf();
    },
  };
}

const problems = Array.from({ length: 12 }, (_, at) => `Line ${at + 1} was left out.`);

test.each<[number, number]>([
  [118, 34],
  [80, 20],
  [44, 8],
])('what a file lacks can be read as long as it is open, all of it, in %i × %i cells', (...size) => {
  const { press } = opened({ problems, notes: ['It says nothing of \u001b[2J.'] }, size);
  for (const tab of ['1', '2', '3', '5', '6', '7']) expect(press(tab)[1]).toContain('read in part');
  let seen = press('4').join('\n');
  for (let at = 0; at < 60; at++) seen += press('J').join('\n');
  const said = seen.replace(/[\s│]+/g, ' ');
  for (const problem of problems) expect(said).toContain(problem);
  expect(said).toContain('It says nothing of ␛[2J.');
});

test('a file that was read in full has its notes there, and no warning', () => {
  const { press } = opened({ notes: ['A capture does not say when anything came.'] }, [118, 34]);
  const rows = press('4');
  expect(rows[1]).not.toContain('read in part');
  expect(rows.join('\n')).toContain('A capture does not say when anything');
});

test('a file without a request says what it lacks in its place', () => {
  const { press } = opened({ events: helloRun.slice(0, 1), problems: ['It breaks off.'] }, [80, 20]);
  expect(press('4').join('\n')).toMatch(/This request has not begun\.[\s\S]*It breaks off\./);
});

test('it is there again when one comes back to the file', () => {
  const { model, press } = opened({ problems: ['It breaks off.'] }, [118, 34]);
  model.show('other.jsonl', { events: helloRun, problems: [], notes: [] });
  expect(press('4').join('\n')).not.toContain('It breaks off.');
  press('r');
  press('down');
  press('enter');
  expect(press('4').join('\n')).toContain('It breaks off.');
});
