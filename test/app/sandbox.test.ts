import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type App, startApp } from '../helpers/pty.ts';

async function enter(app: App): Promise<void> {
  await app.waitFor(/q quit$/, 'home');
  app.press('/', 'sandbox', 'enter', 'enter');
  await app.waitFor(/What makes Python[\s\S]*26 prompt tokens estimated/, 'the sandbox');
}

const ended = /Enter send .*Esc home$/;

test.concurrent.for([
  { cols: 120, rows: 40 },
  { cols: 80, rows: 24 },
  { cols: 60, rows: 20 },
])(
  'a request is run, edited, run whole, talked on, compared and taken away as code, at $cols × $rows',
  async ({ cols, rows }, { expect }) => {
    await using app = startApp({ cols, rows });
    await enter(app);
    const faults = app.watchFrames();
    app.choose('send');
    await app.waitFor(/first token [\s\S]*Enter send .*Esc home$/, 'the end of the stream');

    // Side by side, the keys stay with the request.
    if (cols < 100) app.choose('request');
    await app.waitFor(/prompt tokens estimated/, 'the request');
    app.press('down', 'e', ' Be kind 日本語 👍🏽', '\x1b[200~\r\nand brief.\x1b[201~');
    await app.waitFor(/Be kind\s[\s\S]*日本語/, 'what was typed');
    app.choose('done');
    await app.waitFor(ended, 'the list');
    app.press('s');
    await app.waitFor(/Streaming is off/, 'no stream');
    app.choose('send');
    await app.waitFor(/200 +normal[\s\S]*with all the rest[\s\S]*Enter send .*Esc home$/, 'the whole answer');

    app.choose('talk on');
    await app.waitFor(/Esc done$/, 'the next question');
    app.press('And why?');
    await app.waitFor(/And why\?/, 'the next question');
    app.choose('send');
    await app.waitFor(/200 +normal[\s\S]*with all the rest[\s\S]*Enter send .*Esc home$/, 'the second turn');
    app.choose('talk on');
    await app.waitFor(/by turn .* \d+ → .* \d+ → .*~\d+/, 'the growth of the prompt');
    app.choose('done');
    await app.waitFor(ended, 'the list');

    app.press('b');
    await app.waitFor(/Stream +streamed/, 'what can be compared');
    app.choose('choose');
    await app.waitFor(/A {2}all at once +B {2}streamed[\s\S]*Enter run both again/, 'both answers');
    app.choose('close');
    await app.waitFor(ended, 'the list');

    app.press('v');
    await app.waitFor(/estimated with o200k_base/, 'the tokens');
    app.choose('close');
    await app.waitFor(ended, 'the list');
    app.press('c');
    await app.waitFor(/import OpenAI from 'openai';/, 'the code');
    app.choose('save');
    await app.waitFor(/Saved as request\.ts/, 'the file');
    const code = readFileSync(join(app.cwd, 'request.ts'), 'utf8');
    expect(code).toContain('What makes Python popular? Be kind 日本語 👍🏽\\nand brief.');
    expect(code).toContain("{ role: 'user', content: 'And why?' }");
    expect(faults()).toEqual([]);
    app.choose('close');
    await app.waitFor(ended, 'the list');
    app.choose('home');
    await app.waitFor((now) => / Esc show all| q quit/.test(now.at(-1)!), 'home');
    app.press('ctrl+c');
    expect((await app.exit()).code).toBe(0);
  },
);

test('what is typed survives a crash, and a lesson’s request does not take its place for good', async () => {
  const first = startApp({ cols: 120, rows: 40 });
  await enter(first);
  first.press('down', 'e', ' Because');
  await first.waitFor(/popular\? Because/, 'what was typed');
  // The file is written a moment after the last key; nothing is drawn then.
  await vi.waitFor(() => expect(readDraft(first.cwd)).toContain('popular? Because'), 15_000);
  first.kill('SIGKILL');
  await first.exit();

  await using app = startApp({ cols: 120, rows: 40, cwd: first.cwd });
  await app.waitFor(/q quit$/, 'home');
  app.press('/', '3b', 'enter', 'enter');
  await app.waitFor(/e sandbox/, 'the lesson');
  app.choose('sandbox');
  await app.waitFor(/Say 'Hello World'[\s\S]*12 prompt tokens/, "the lesson's request");
  app.press('p');
  await app.waitFor(/Presets/, 'the presets');
  app.press('G', 'enter');
  await app.waitFor(/popular\? Because/, 'the draft of before');
  app.press('esc');
  await app.waitFor(/3b {2}what a chunk is/, 'the lesson one came from');
});

function readDraft(cwd: string): string {
  try {
    return readFileSync(join(cwd, 'sandbox.json'), 'utf8');
  } catch {
    return '';
  }
}

test('what is typed is there again also when the window is closed in the middle of it', async () => {
  await using app = startApp({ cols: 120, rows: 40 });
  await enter(app);
  app.press('down', 'e', ' Quick!');
  await app.waitFor(/Quick!/, 'what was typed');
  app.kill('SIGHUP');
  await app.exit();
  expect(readDraft(app.cwd)).toContain('popular? Quick!');
});

test('a text is edited in an editor of one’s own, and the screen is there again', async () => {
  const editor = `${process.execPath} -e "const fs = require('fs'), file = process.argv[1]; fs.writeFileSync(file, fs.readFileSync(file, 'utf8') + ' Said my editor.\\n')" --`;
  await using app = startApp({ cols: 120, rows: 40, env: { EDITOR: editor } });
  await enter(app);
  app.press('down', 'E');
  await app.waitFor(/Said my\s[\s\S]*editor\.[\s\S]*u undo/, 'what the editor wrote');
  app.press('u');
  await app.waitFor((rows) => !rows.join().includes('Said my'), 'it undone');
});

/** An editor that shows each key by itself, and keeps what was typed before a dot. */
const keyByKey = `
  let typed = '';
  process.stdin.setRawMode(true).on('data', (key) => {
    typed += key;
    process.stdout.write('<' + typed + '>');
    if (typed.endsWith('.')) {
      require('fs').writeFileSync(process.argv[1], typed);
      process.exit();
    }
  });
  process.stdout.write('<>');
`;

test('every key that is typed while an editor is open is the editor’s', async () => {
  const script = keyByKey.replaceAll(/\s+/g, ' ');
  await using app = startApp({
    cols: 120,
    rows: 40,
    env: { EDITOR: `${process.execPath} -e "${script}" --` },
  });
  await enter(app);
  app.press('down');
  for (const text of ['abcd.', 'efgh.', 'ijkl.']) {
    app.press('E');
    for (let count = 0; count < text.length; count++) {
      await app.waitFor((rows) => rows.join('').includes(`<${text.slice(0, count)}>`), 'the key before');
      app.press(text[count]!);
    }
    await app.waitFor((rows) => /› user +▏ /.test(rows.join('\n')) && rows.join().includes(text), 'the text');
  }
});

test('a stream is stopped, and what came is taken', async () => {
  await using app = startApp({ cols: 120, rows: 40, args: [] });
  await enter(app);
  app.choose('send');
  await app.waitFor(/│ +([5-9]|[1-9]\d) .*[\s\S]*Esc stop$/, 'the first chunks');
  app.press('esc');
  await app.waitFor(/never said: you stopped it[\s\S]*Enter send .*Esc home$/, 'the end');
  app.choose('talk on');
  const taken = await app.waitFor(/assistant ▏ \S/, 'the partial answer');
  expect(taken.join('\n')).toMatch(/assistant ▏ Three/);
});
