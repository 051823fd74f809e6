import { expect, onTestFinished, test } from 'vitest';
import { startPracticeServer } from '../../src/core/practice/server.ts';
import { startApp } from '../helpers/pty.ts';

test('a compatible server is named by its URL, its model is chosen, and a lesson asks it', async () => {
  const server = await startPracticeServer({ pace: 'instant' });
  onTestFinished(() => server.close());
  const host = new URL(server.url).host;
  const key = 'sk-practice-of-mine';
  await using app = startApp({ cols: 80, rows: 24, env: { COURSE_KEY: key } });
  await app.waitFor(/q quit$/, 'home');
  app.choose('endpoint');
  await app.waitFor(/● {2}practice +in use · free/, 'the endpoints');
  app.press('G', 'up');
  await app.waitFor(/› \+ {2}a compatible server/, 'the row to add one');
  app.choose('add');
  await app.waitFor(/The base URL/, 'the URL');
  app.press(`\x1b[200~${server.url}/chat/completions\x1b[201~`);
  await app.waitFor(
    (rows) => rows.join('\n').includes(`Requests would go to ${server.url}, on this machine.`),
    'the URL, put right',
  );
  app.choose('next');
  await app.waitFor(/Found here: COURSE_KEY/, 'the variable');
  app.choose('next name');
  await app.waitFor(/› COURSE_KEY/, 'the name that was found');
  app.choose('keep');
  await app.waitFor(/It answers and lists \d+ models/, 'its answer');
  app.choose('use');
  await app.waitFor((rows) => rows[0]!.includes(`${host}, this machine · gpt-4o-mini`), 'the server in use');
  await app.waitFor(/Models of 127\.0\.0\.1:\d+ +1 of \d+/, 'its models');
  app.press('/', ...'gpt-4.1-mini');
  await app.waitFor((rows) => rows.join().includes('1 of 2'), 'a model');
  app.press('enter');
  await app.waitFor(/Enter choose {3}/, 'what was found');
  const [, model = ''] = /› ○ {2}(\S+)/.exec((await app.waitFor(/› ○/, 'a model')).join('\n')) ?? [];
  app.choose('choose');
  await app.waitFor(/q quit$/, 'home');
  app.press(...'/2a', 'enter', 'enter', 'enter');
  const shown = await app.waitFor(/Enter run again/, 'the end of the lesson');
  expect(shown[0]).toContain(`${host}, this machine · ${model}`);
  expect(shown.join('\n')).toMatch(/POST \/v1\/chat\/completions +200/);
  expect(app.raw()).not.toContain(key);
  app.press('o');
  await app.waitFor(new RegExp(`● {2}${host} +in use · this machine · ${model} · COURSE_KEY`), 'it is kept');
});
