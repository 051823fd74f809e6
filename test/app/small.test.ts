import { test } from 'vitest';
import { startApp } from '../helpers/pty.ts';

/** The parameters of all SGR sequences that set a colour of text or of its ground. */
const colours = (raw: string): readonly string[] =>
  [...raw.matchAll(/\x1b\[([\d;:]*)m/g)]
    .flatMap(([, parameters = '']) => parameters.split(/[;:]/))
    .filter((code) => /^([34][0-8]|9[0-7]|10[0-7])$/.test(code));

test.concurrent.for([
  { cols: 60, rows: 20 },
  { cols: 50, rows: 14 },
])('in $cols × $rows without colour all of it is there and works', async ({ cols, rows }, { expect }) => {
  await using app = startApp({ cols, rows, env: { NO_COLOR: '1' } });
  await app.waitFor(/q quit$/, 'home');
  const faults = app.watchFrames();
  const seen: string[] = [];
  const look = async (wanted: RegExp, why: string) => seen.push(...(await app.waitFor(wanted, why)));

  app.press('?');
  await look(/Keys[\s\S]*Anywhere/, 'help');
  app.press('esc');
  await look(/q quit$/, 'home again');
  app.press('/', ...'what a chunk', 'enter', 'enter');
  await look(/3b {2}what a chunk is[\s\S]*^ Enter run /m, 'the lesson');
  app.choose('run');
  await look(/4 +[\d.]+ m?s .* stop[\s\S]*run again/, 'the chunks');
  app.choose('lesson');
  await look(/→ Answer:/, 'the verdict');
  // In 50 columns the footer has no room for this key.
  app.press('n', 'n', 'n', 'n');
  await look(/When to stream/, 'the page on when to stream');
  app.press('n');
  await look(/Nine things/, 'the takeaways');
  app.choose('home');
  await look(/3b .* ✓$/m, 'home with the lesson done');

  expect(faults()).toEqual([]);
  expect(colours(app.raw())).toEqual([]);
  // A frame that something was drawn over, or that was cut, is not closed.
  for (const row of seen) if (/^ *[│╭╰]/.test(row)) expect(row).toMatch(/[│╮╯]$/);
});
