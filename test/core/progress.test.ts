import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProgress } from '../../src/core/progress.ts';

const clock = { now: () => 0, wallMs: () => Date.UTC(2026, 0, 2, 3, 4, 5), after: () => () => {} };

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'first-token-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const open = () => openProgress({ clock, cwd });
const file = () => join(cwd, 'progress.json');
const stored = () => JSON.parse(readFileSync(file(), 'utf8'));

test('a server that makes no sense is passed over', async () => {
  const ok = { baseURL: 'http://localhost:1/v1', keyName: null, model: 'llama' };
  const servers = [ok, { ...ok, baseURL: 'nonsense' }, { ...ok, keyName: 7 }, 'http://localhost:2/v1'];
  writeFileSync(file(), JSON.stringify({ servers, endpoint: 'also nonsense' }));
  expect((await open()).getSnapshot()).toMatchObject({ servers: [ok], endpoint: 'practice' });
});

test('a new learner has done nothing and practises', async () => {
  expect((await open()).getSnapshot()).toEqual({
    done: {},
    predictions: {},
    figures: {},
    last: null,
    endpoint: 'practice',
    servers: [],
    language: 'typescript',
    notice: null,
  });
});

test('what was done is there again the next time', async () => {
  const first = await open();
  first.addDone('2d', ['length', 'stop']);
  first.addDone('2d', ['stop', 'tools']);
  first.keepPrediction('3b', { chosen: '3', isRight: true });
  first.keepFigures('2a', { Request: 'your 2a: 43 tokens' });
  first.keepFigures('2a', { Response: 'stop' });
  first.visit('3b');
  first.chooseEndpoint('openai');
  first.chooseLanguage('curl');

  const { notice, ...data } = (await open()).getSnapshot();
  expect(notice).toBeNull();
  expect(data).toEqual({
    done: { '2d': ['length', 'stop', 'tools'] },
    predictions: { '3b': { chosen: '3', isRight: true } },
    figures: { '2a': { Request: 'your 2a: 43 tokens', Response: 'stop' } },
    last: '3b',
    endpoint: 'openai',
    servers: [],
    language: 'curl',
  });
});

test('a reset forgets all of it', async () => {
  const progress = await open();
  progress.addDone('1a', ['a']);
  progress.chooseEndpoint('openai');
  progress.reset();
  expect(progress.getSnapshot()).toMatchObject({ done: {}, endpoint: 'practice' });
  expect((await open()).getSnapshot().done).toEqual({});
});

test.each(['{"done": {"1a": ["x"', '[1, 2]', '"text"', ''])(
  'a damaged file is set aside and named: %s',
  async (text) => {
    writeFileSync(file(), text);
    const progress = await open();
    const name = 'progress.json.damaged-2026-01-02T03-04-05-000Z';
    expect(progress.getSnapshot().notice).toBe(`The progress file was damaged. It is kept as ${name}.`);
    progress.addDone('1a', ['key']);
    expect(readFileSync(join(cwd, name), 'utf8')).toBe(text);
    expect(stored()).toEqual({ done: { '1a': ['key'] } });
  },
);

test('a file damaged while the program runs is set aside too', async () => {
  const progress = await open();
  writeFileSync(file(), 'oops');
  progress.addDone('1a', ['key']);
  expect(progress.getSnapshot().done).toEqual({ '1a': ['key'] });
  expect(readdirSync(cwd)).toHaveLength(2);
});

test('lessons and keys that this version does not know are kept', async () => {
  writeFileSync(file(), JSON.stringify({ done: { '9z': ['future'] }, sandbox: { drafts: 1 } }));
  const progress = await open();
  progress.addDone('1a', ['key']);
  expect(stored()).toEqual({ done: { '9z': ['future'], '1a': ['key'] }, sandbox: { drafts: 1 } });
});

test('values of the wrong shape are passed over, and not lost', async () => {
  writeFileSync(file(), JSON.stringify({ done: 'all', predictions: { '3b': 3 }, last: 7, endpoint: 'x' }));
  const progress = await open();
  expect(progress.getSnapshot()).toMatchObject({
    done: {},
    predictions: {},
    last: null,
    endpoint: 'practice',
  });
  progress.addDone('1a', ['key']);
  expect(stored()).toMatchObject({ done: { '1a': ['key'] }, 'done-unread': 'all', predictions: { '3b': 3 } });
});

test('what another session wrote meanwhile is kept', async () => {
  const [one, two] = [await open(), await open()];
  one.addDone('1a', ['key']);
  two.addDone('2a', ['ask']);
  expect(stored().done).toEqual({ '1a': ['key'], '2a': ['ask'] });
});

test('a place that cannot be written: progress lasts for the session, and a notice says so', async () => {
  writeFileSync(join(cwd, 'in-the-way'), '');
  const progress = await openProgress({ clock, cwd: join(cwd, 'in-the-way', 'below') });
  expect(progress.getSnapshot().notice).toContain('for this session only');
  progress.addDone('1a', ['key']);
  expect(progress.getSnapshot().done).toEqual({ '1a': ['key'] });
});

test('views hear of a change, and the snapshot is the same object in between', async () => {
  const progress = await open();
  let heard = 0;
  const stop = progress.subscribe(() => heard++);
  const before = progress.getSnapshot();
  expect(progress.getSnapshot()).toBe(before);
  progress.visit('1a');
  expect(progress.getSnapshot()).not.toBe(before);
  stop();
  progress.visit('1b');
  expect(heard).toBe(1);
});

// Windows lets only some users make links.
test.skipIf(process.platform === 'win32')(
  'a file that is a link stays one, and nothing is left beside it',
  async () => {
    const kept = join(cwd, 'kept.json');
    writeFileSync(kept, '{}');
    symlinkSync(kept, file());
    (await open()).addDone('1a', ['key']);
    expect(lstatSync(file()).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(kept, 'utf8')).done).toEqual({ '1a': ['key'] });
    expect(readdirSync(cwd).toSorted()).toEqual(['kept.json', 'progress.json']);
  },
);
