import { test } from 'vitest';
import { type App, startApp } from '../helpers/pty.ts';

/** What a screen reader could only spell out: frames, rules, bars and blocks. */
const drawn = /[\u2500-\u259f]/;

/** Opens 3b, guesses and runs it; gives what its text and its panel say, one after the other if need be. */
async function readLesson(app: App): Promise<readonly string[]> {
  await app.waitFor(/q quit$/m, 'home');
  app.press(...'/3b', 'enter', 'enter');
  const before = await app.waitFor(/Before you run it: [\s\S]*Enter run/, 'the question');
  app.press('2', 'enter');
  const after = await app.waitFor(/Enter run again/, 'the end of the run');
  app.choose('lesson');
  const verdict = await app.waitFor(/Right\. /, 'the verdict');
  return [...before, ...after, ...verdict];
}

test.concurrent.for([
  { cols: 120, rows: 40, env: { INK_SCREEN_READER: 'true' } },
  { cols: 80, rows: 40, env: { ACCESSIBLE: '1' } },
])('for a screen reader a lesson is words alone, at $cols × $rows', async (options, { expect }) => {
  await using app = startApp(options);
  const lesson = await readLesson(app);
  for (const said of [
    /3b {1,2}what a chunk is/,
    /POST \/v1\/chat\/completions +200 +stream/,
    /headers [\d.]+ m?s · first [\d.]+ m?s · last [\d.]+ m?s · end [\d.]+ m?s/,
    /answer\s[\s\S]*Hello World!/,
    /#\s+at\s+gap\s+finish_reason\s+delta/,
    /0 +[\d.]+ m?s +– +– +role: assistant, ''/,
    /4 +[\d.]+ m?s +[\d.]+ m?s +stop +\(nothing\)/,
    /median [\d.]+ m?s · largest [\d.]+ m?s/,
    /completion +about 3 tokens +estimated/,
    /three +your guess/,
  ]) {
    expect(lesson.join('\n')).toMatch(said);
  }
  // Lessons whose requests are compared by bars.
  const compared: string[] = [];
  for (const id of ['3a', '2f']) {
    app.press('p', 'enter');
    compared.push(...(await app.waitFor(new RegExp(`${id} [\\s\\S]*Enter run again`), `the end of ${id}`)));
  }
  expect([...lesson, ...compared].find((row) => drawn.test(row))).toBeUndefined();
});
