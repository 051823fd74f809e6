import { expect, test } from 'vitest';
import { startApp } from '../helpers/pty.ts';

test('keys typed in one burst, before the first frame, are all obeyed, in order', async () => {
  await using app = startApp();
  app.press('jjj\r');
  await app.waitFor(/2b system prompt and parameters[\s\S]*Enter run/, 'the fourth lesson');
  app.press('nnpcc');
  await app.waitFor(/2c the response object[\s\S]*-H "Authorization/, 'the next but one and back, in curl');
  app.press('down', 'down', 'up', 'esc');
  await app.waitFor(/› .*2c[\s\S]*q quit$/, 'home, on the lesson last seen');
});

test('help, search, and forgetting; Esc leads back and never out', async () => {
  await using app = startApp({ cols: 80, rows: 24 });
  await app.waitFor(/q quit$/, 'home');

  app.choose('keys');
  await app.waitFor(/stop the run; with none running, quit/, 'help');
  app.choose('close');
  await app.waitFor(/q quit$/, 'home');

  app.choose('search');
  await app.waitFor(/\/ █/, 'the search');
  app.press('q', '?', 'n');
  await app.waitFor(/\/ q\?n█ {3}nothing by that name/, 'letters that are letters');
  app.press('backspace', 'backspace', 'backspace', ...'wrong stream');
  const found = await app.waitFor(/\/ wrong stream█/, 'the words');
  expect(found.filter((row) => /^.{22,26} \d\w {2}/.test(row))).toEqual([
    expect.stringMatching(/› Streaming +3d {2}when a stream goes wrong/),
  ]);
  app.choose('show all');
  await app.waitFor(
    /1a {2}is the key loaded[\s\S]*› +3d[\s\S]*q quit$/,
    'all lessons, the one found still marked',
  );

  // Esc does nothing here but take the question back, which shows that it was read.
  app.press('R');
  await app.waitFor(/Forget all progress\?/, 'the question');
  app.press('esc');
  await app.waitFor((rows) => !/Forget/.test(rows.join()), 'no question');
  app.press('R');
  await app.waitFor(/Forget all progress\?/, 'the question again');
  app.press('R');
  await app.waitFor(/All progress is forgotten/, 'the answer to the second R');

  app.choose('quit');
  expect(await app.exit()).toEqual({ code: 0, signal: 0 });
});

test('Ctrl+C stops a run and keeps what came; with none running it quits', async () => {
  await using app = startApp({ cols: 120, rows: 40, args: [] });
  await app.waitFor(/q quit$/, 'home');
  app.press(...'/3c', 'enter', 'enter', 'enter');
  const answerOf = (rows: readonly string[]) =>
    rows.flatMap((row) => /│ │ (.*?) *│$/.exec(row)?.[1] ?? []).slice(0, 8);
  const before = await app.waitFor(/│ +(9|[1-9]\d) .*Esc stop$/ms, 'the ninth chunk');
  app.press('ctrl+c');
  const after = await app.waitFor(/never said: you stopped it[\s\S]*Enter run again/, 'the stop');
  expect(answerOf(after).join(' ')).toContain(answerOf(before)[0]);
  expect(answerOf(before)[0]).not.toBe('');

  app.choose('run again');
  await app.waitFor(/│ +([2-9]|[1-9]\d) .*Esc stop$/ms, 'another run');
  app.choose('stop');
  await app.waitFor(/never said: you stopped it[\s\S]*Enter run again/, 'the same by Esc');

  app.choose('run again');
  await app.waitFor(/Esc stop$/, 'a third run');
  app.choose('next');
  await app.waitFor(
    /3d when a stream goes wrong[\s\S]*Ctrl\+C stop the run/,
    'a run of which one sees nothing',
  );
  app.press('enter');
  await app.waitFor(/3c is still running\. Ctrl\+C stops it\./, 'the reason why this one does not start');
  app.press('ctrl+c');
  await app.waitFor((rows) => !/Ctrl\+C/.test(rows.at(-1)!), 'the end of the run');
  app.press('ctrl+c');
  expect(await app.exit()).toEqual({ code: 0, signal: 0 });
});
