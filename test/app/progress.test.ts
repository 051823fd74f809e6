import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newFolder, startApp } from '../helpers/pty.ts';

function folder(): string {
  const path = newFolder();
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('what was done and where one was are remembered', async () => {
  const cwd = folder();
  {
    await using app = startApp({ cwd });
    await app.waitFor(/0 of 13/, 'home');
    app.press(...'/chunk is', 'enter', 'enter', '2', 'enter');
    await app.waitFor(/✓ Right\.[\s\S]*Enter run again/, 'the end of the run');
    app.press('esc');
    await app.waitFor(/q quit$/, 'home');
    app.choose('quit');
    await app.exit();
  }
  await using app = startApp({ cwd });
  const home = await app.waitFor(/1 of 13[\s\S]*q quit$/, 'home');
  expect(home.filter((row) => /✓/.test(row))).toEqual([expect.stringMatching(/› +3b .* ✓ done/)]);
  app.choose('open');
  await app.waitFor(/3b what a chunk is[\s\S]*Enter run/, 'the lesson');
});

test('a damaged progress file is set aside and named, and the app begins anew', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'progress.json'), '{"done":');
  await using app = startApp({ cwd });
  const home = await app.waitFor(/0 of 13[\s\S]*The progress file was damaged[\s\S]*q quit$/, 'home');
  const [name = ''] = /progress\.json\.damaged\S*[^.\s]/.exec(home.join('\n')) ?? [];
  expect(readdirSync(cwd)).toContain(name);
  app.choose('open');
  await app.waitFor(/Enter run/, 'a lesson');
});

test('where nothing can be written the app says so once and works', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'file'), '');
  const nowhere = join(cwd, 'file', 'below');
  for (const settings of [nowhere, '']) {
    const env = { FIRST_TOKEN_HOME: settings, XDG_CONFIG_HOME: '', HOME: nowhere };
    await using app = startApp({ cwd, env });
    await app.waitFor(/Progress lasts for this session only[\s\S]*q quit$/, 'home');
    app.press(...'/2a', 'enter', 'enter', 'enter');
    await app.waitFor(/Enter run again/, 'the end of a run');
    app.press('esc');
    await app.waitFor(/1 of 13[\s\S]*2a .* ✓ done/, 'progress for this session');
  }
});
