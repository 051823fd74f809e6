import { expect, test } from 'vitest';
import { keymap } from '../../src/components/keymap.ts';
import { takeaways, whenToStream } from '../../src/core/lessons/closing.ts';
import { doctorKeys } from '../../src/screens/doctor.ts';
import { endpointsKeys } from '../../src/screens/endpoints/endpoints-keys.ts';
import { helpPage, takeawaysPage, whenPage } from '../../src/screens/pages.ts';
import { sandboxKeys } from '../../src/screens/sandbox/sandbox-keys.ts';
import { shown, stylesOf, widest } from '../components/shown.ts';
import { fresh } from './world.ts';

test('the takeaways carry the learner’s own figures, and say which run gives one that is missing', () => {
  const { concept, experiment } = takeaways.find((each) => each.experiment === '2f')!;
  const figures = { [experiment]: { [concept]: 'your 2f: 34, 68, 112 prompt tokens' } };
  const lines = takeawaysPage({ ...fresh, figures }, 80);
  const text = shown(lines).join('\n');
  expect(text).toContain('your 2f: 34, 68, 112 prompt tokens');
  expect(stylesOf(lines, 'your 2f')).toEqual(['ok']);
  expect(text.match(/to see your own figure here/g)).toHaveLength(takeaways.length - 1);
  for (const each of takeaways) expect(text).toContain(each.concept);
});

test('when to stream is a table with all its rows', () => {
  const text = shown(whenPage(80)).join('\n');
  for (const row of whenToStream.rows) expect(text).toContain(row[0]);
});

test('in a place the keys that mean something else there are not told twice', () => {
  const rows = shown(helpPage(90, 'Inspector'));
  expect(rows.filter((row) => /\bSpace\b/.test(row))).toEqual([
    expect.stringMatching(/Space +play the run again/),
    // Those of the sandbox stand further down.
    expect.stringMatching(/Space/),
  ]);
  expect(rows.join('\n')).toMatch(/1-4 +guess before the run/);
  expect(shown(helpPage(90)).join('\n')).toMatch(/PgDn Ctrl\+f Space +a screen down/);
});

test('every key that there is stands on the help screen', () => {
  const text = shown(helpPage(90)).join('\n');
  const names: Record<string, string> = {
    up: '↑',
    down: '↓',
    left: '←',
    right: '→',
    pageup: 'PgUp',
    pagedown: 'PgDn',
  };
  for (const { id, keys } of [...keymap, ...sandboxKeys, ...endpointsKeys, ...doctorKeys]) {
    const shownAs = id === 'predict' ? ['1-4'] : keys.map((key) => names[key] ?? key);
    for (const key of shownAs)
      expect(text.toLowerCase(), `${id}: ${key}`).toContain(key.toLowerCase().replace('ctrl+', 'ctrl+'));
  }
  expect(text).toContain('Ctrl+C');
  expect(text).toContain('stop the run; with none running, quit');
});

test.each([90, 74, 54, 34, 14, 4])('the pages end and keep to %i columns where words allow it', (width) => {
  for (const page of [whenPage(width), takeawaysPage(fresh, width), helpPage(width)]) {
    expect(page.length).toBeGreaterThan(0);
    if (width >= 54) expect(widest(page)).toBeLessThanOrEqual(width);
  }
});
