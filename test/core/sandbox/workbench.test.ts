import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clock } from '../../../src/core/clock.ts';
import type { Draft } from '../../../src/core/sandbox/draft.ts';
import { openDrafts } from '../../../src/core/sandbox/draft-store.ts';
import { setParameter } from '../../../src/core/sandbox/edits.ts';
import { presets } from '../../../src/core/sandbox/presets.ts';
import { Workbench } from '../../../src/core/sandbox/workbench.ts';

let cwd = '';
let waiting: (() => void)[] = [];
const clock: Clock = {
  now: () => 0,
  wallMs: () => Date.UTC(2026, 0, 2),
  after: (_, callback) => {
    waiting.push(callback);
    return () => {
      waiting = waiting.filter((each) => each !== callback);
    };
  },
};

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'first-token-'));
  waiting = [];
});
afterEach(() => rmSync(cwd, { recursive: true }));

const redact = (text: string) => text.replaceAll('sk-proj-secret', 'sk-...');
const open = async () => new Workbench(clock, await openDrafts({ clock, cwd, redact }), () => {});
const file = () => join(cwd, 'sandbox.json');
const say = (text: string): Draft => ({
  messages: [{ role: 'user', text, fields: {} }],
  parameters: { model: 'gpt-4o-mini' },
});

test('it begins with the sandbox of the notebook', async () => {
  const { draft } = await open();
  expect(draft).toBe(presets[0]!.draft);
  expect(draft.messages.map(({ role, text }) => `${role}: ${text}`)).toEqual([
    'system: You are a helpful assistant. Keep it brief.',
    'user: What makes Python popular?',
  ]);
  expect(draft.parameters).toMatchObject({ stream: 'true', max_tokens: '80' });
});

test('a step is written down at once, and is there again the next time', async () => {
  const bench = await open();
  bench.change(say('one'));
  expect((await open()).draft).toEqual(say('one'));
});

test('what is typed is written down a moment later, and survives a crash without being a step', async () => {
  const bench = await open();
  bench.change(say('on'));
  bench.type(say('one'));
  const [timer] = waiting;
  bench.type(say('once'));
  expect(bench.draft).toEqual(say('once'));
  expect(bench.kept).toEqual(say('on'));
  // Not a later one: whoever never pauses would never be written down.
  expect(waiting).toEqual([timer]);
  timer!();
  expect((await open()).draft).toEqual(say('once'));
  bench.type(null);
  expect(bench.draft).toEqual(say('on'));
});

test('steps are undone and redone; like steps in a row are one', async () => {
  const bench = await open();
  bench.change(say('one'));
  for (const heat of ['0.1', '0.12']) bench.change(setParameter(bench.draft, 'temperature', heat), 'heat');
  bench.undo();
  expect(bench.draft).toEqual(say('one'));
  bench.redo();
  expect(bench.draft.parameters.temperature).toBe('0.12');
  bench.undo();
  bench.undo();
  expect([bench.draft, bench.canUndo, bench.canRedo]).toEqual([presets[0]!.draft, false, true]);
});

test('a draft that another takes the place of is kept, a preset is not', async () => {
  const bench = await open();
  bench.load(say('one'));
  bench.load(say('two'));
  bench.load(presets[0]!.draft);
  expect(bench.earlier).toEqual([say('two'), say('one')]);
  bench.load(bench.earlier[1]!);
  expect(bench.draft).toEqual(say('one'));
  expect((await open()).earlier).toEqual([say('two')]);
  bench.undo();
  expect(bench.draft).toBe(presets[0]!.draft);
});

test('the prompt is counted for the draft that is there, however fast it changes', async () => {
  const bench = await open();
  const counting = bench.count();
  bench.change(say('a much longer text than before, by far'));
  await counting;
  expect(bench.estimate?.draft).toBe(bench.draft);
  expect(bench.estimate?.prompt.total).toBe(16);
});

test('a turn sent again takes the place of itself; another request begins anew', async () => {
  const bench = await open();
  const talk = ['Hi', 'Hello!', 'And?', 'So.', 'Oh.'].map((text) => say(text).messages[0]!);
  const until = (count: number): Draft => ({ ...say(''), messages: talk.slice(0, count) });
  const counts = () => bench.turns.map(({ promptTokens }) => promptTokens);
  bench.sent({ messages: until(1).messages, promptTokens: 29, isEstimated: false });
  bench.sent({ messages: until(3).messages, promptTokens: 110, isEstimated: false });
  bench.sent({ messages: until(3).messages, promptTokens: 118, isEstimated: false });
  bench.change(until(5));
  expect(counts()).toEqual([29, 118]);
  bench.load(say('one'));
  expect(counts()).toEqual([]);
  bench.undo();
  expect(counts()).toEqual([29, 118]);
});

test('a damaged file is set aside and named; a folder that cannot be used is said', async () => {
  writeFileSync(file(), '{"draft": ');
  const store = await openDrafts({ clock, cwd, redact });
  expect(store.read()).toEqual({ draft: null, earlier: [] });
  expect(store.notice()).toBe(
    'The file of drafts was damaged. It is kept as sandbox.json.damaged-2026-01-02T00-00-00-000Z.',
  );
  expect(readFileSync(join(cwd, readdirSync(cwd).find((name) => name.includes('damaged'))!), 'utf8')).toBe(
    '{"draft": ',
  );
  writeFileSync(join(cwd, 'in-the-way'), '');
  const nowhere = await openDrafts({ clock, cwd: join(cwd, 'in-the-way', 'below'), redact });
  nowhere.write({ draft: say('x'), earlier: [] });
  expect(nowhere.notice()).toMatch(
    /^Drafts last for this session only: their file cannot be used \(\w+\)\.$/,
  );
});

test('two apps at once keep each other’s work', async () => {
  const [one, other] = [await open(), await open()];
  one.change(say('of one'));
  other.change(say('of the other'));
  other.load(say('next of the other'));
  one.load(say('next of one'));
  const { draft, earlier } = await open();
  expect(draft).toEqual(say('next of one'));
  expect(earlier).toEqual([say('of one'), say('next of the other'), say('of the other')]);
  for (let count = 0; count < 30; count++) one.load(say(`draft ${count}`));
  other.load(presets[1]!.draft);
  one.load(say('last'));
  const kept = JSON.parse(readFileSync(file(), 'utf8')).earlier;
  expect(kept).toHaveLength(20);
  expect(kept.slice(0, 3)).toEqual([say('draft 29'), say('next of the other'), say('draft 28')]);
});

test('a key that was not known when it was typed is masked once it is', async () => {
  const fields = { 'sk-proj-secret': [{ text: 'my sk-proj-secret' }] };
  const draft = { messages: [{ role: 'user', text: 'a sk-proj-secret', fields }], parameters: {} };
  writeFileSync(file(), JSON.stringify({ draft, earlier: [draft] }));
  const bench = await open();
  expect(bench.draft.messages[0]?.text).toBe('a sk-...');
  expect(JSON.stringify([bench.draft, bench.earlier])).not.toContain('secret');
  bench.change(say('more of sk-proj-secret'));
  expect(readFileSync(file(), 'utf8')).not.toContain('secret');
});

test('a parameter of a newer version stays in its draft', async () => {
  const draft = { ...say('Hi'), parameters: { model: 'm', verbosity: 'low' } };
  writeFileSync(file(), JSON.stringify({ draft }));
  const bench = await open();
  bench.change(setParameter(bench.draft, 'model', 'gpt-5'));
  expect((await open()).draft.parameters).toEqual({ model: 'gpt-5', verbosity: 'low' });
});

test('what is no draft is set aside with its file and named, once; the drafts in it stay', async () => {
  const odd = JSON.stringify({ draft: { messages: 'x' }, earlier: [say('ok'), 7], more: { a: 1 } });
  writeFileSync(file(), odd);
  const store = await openDrafts({ clock, cwd, redact });
  expect(store.read()).toEqual({ draft: null, earlier: [say('ok')] });
  const name = 'sandbox.json.damaged-2026-01-02T00-00-00-000Z';
  expect(store.notice()).toBe(`The file of drafts was damaged. It is kept as ${name}.`);
  expect(readFileSync(join(cwd, name), 'utf8')).toBe(odd);
  const again = await openDrafts({ clock, cwd, redact });
  expect(again.read()).toEqual({ draft: null, earlier: [say('ok')] });
  expect(again.notice()).toBe(null);
  expect(readdirSync(cwd).sort()).toEqual(['sandbox.json', name]);
});

test('what a newer version put beside the drafts is kept', async () => {
  writeFileSync(file(), JSON.stringify({ earlier: [say('ok')], more: { a: 1 } }));
  const bench = await open();
  expect([bench.draft, bench.earlier]).toEqual([presets[0]!.draft, [say('ok')]]);
  bench.change(say('mine'));
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ more: { a: 1 } });
  expect(readdirSync(cwd)).toEqual(['sandbox.json']);
});
