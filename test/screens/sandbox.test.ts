import { describe, expect, test } from 'vitest';
import { findBinding } from '../../src/components/binding.ts';
import type { Draft } from '../../src/core/sandbox/draft.ts';
import { type SandboxContext, sandboxKeys } from '../../src/screens/sandbox/sandbox-keys.ts';
import { stylesOf, widest } from '../components/shown.ts';
import {
  chat,
  helloRun,
  helloStream,
  response,
  runStart,
  stepEnd,
  stepStart,
  usageChunk,
} from '../helpers/logs.ts';
import { sandboxWorld } from './sandbox-world.ts';

/** All that was waiting for nothing but its turn has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const say = (text: string, role = 'user') => ({ role, text, fields: {} });
const draft = (text: string, parameters: Draft['parameters'] = { model: 'gpt-4o-mini' }): Draft => ({
  messages: [say(text)],
  parameters,
});

test('what is said of a parameter and has no room is not cut off in mid-sentence without a mark', async () => {
  const sandbox = sandboxWorld({ columns: 60, rows: 16 });
  await sandbox.model.workbench.count();
  const at = sandbox.rows().findIndex((row) => row.includes('↓'));
  for (
    let row = 0;
    row < 30 && !sandbox.rows().some((text) => text.startsWith(' › response_format'));
    row++
  ) {
    sandbox.press('down');
  }
  expect(at).toBeGreaterThan(0);
  expect(sandbox.rows().at(-1)).toMatch(/ …$/);
});

test('the request, what is known of it, and the live panel, before anything is sent', async () => {
  const sandbox = sandboxWorld({ columns: 110, rows: 22 });
  await sandbox.model.workbench.count();
  expect(sandbox.rows()).toEqual([
    ' › system    ▏ You are a helpful assistant.     │ POST /v1/chat/completions',
    '             ▏ Keep it brief.                   │ ···························································',
    '   user      ▏ What makes Python popular?       │ not sent yet',
    '                                                │',
    '   model                   gpt-4o-mini          │ ╭ answer ─────────────────────────────────────────────────╮',
    '   stream                  true                 │ │ Enter sends the request. What happens appears here.     │',
    '   include_usage           (false: no tokens r… │ │                                                         │',
    '   max_tokens              80                   │ │                                                         │',
    '   temperature             (1)                  │ ╰─────────────────────────────────────────────────────────╯',
    '   top_p                   (1)                  │',
    '   stop                    (none)               │',
    '   n                       (1)                  │',
    '   seed                    (another one each t… │',
    '   presence_penalty        (0)                  │',
    '   frequency_penalty       (0)                  │',
    '   ↓ 7 more                                     │',
    '─────────────────────────────────────────────── │',
    '   26 prompt tokens estimated                   │',
    '   free; at OpenAI $0.0000039 to $0.000052      │',
    '   (2026-11)                                    │ usage comes after the run',
    '   Instructions that stand above the talk: who  │',
    '   the model is to be, and how it answers.      │',
  ]);
});

test.each([
  [120, 36],
  [80, 20],
  [60, 16],
  [44, 8],
])('in %i × %i cells nothing hangs over, whatever is open', async (columns, rows) => {
  const long = 'a 日本語 text 👍🏽 with one endless-'.repeat(30) + 'x'.repeat(200);
  const sandbox = sandboxWorld({
    columns,
    rows,
    kept: { draft: draft(long, { model: 'gpt-5', temperature: '3', tools: '[' }), earlier: [] },
  });
  await sandbox.model.workbench.count();
  const look = () => {
    const lines = sandbox.lines();
    expect(lines).toHaveLength(rows);
    expect(widest(lines)).toBeLessThanOrEqual(columns);
  };
  look();
  for (const keys of [
    ['e'],
    ['esc', 'c'],
    ['esc', 'p'],
    ['esc', 'b'],
    ['esc', 'v'],
    ['esc', 'G', 'e'],
    ['esc', 'tab'],
  ]) {
    sandbox.press(...keys);
    await sandbox.model.workbench.cut();
    look();
  }
});

describe('editing', () => {
  test('a message is typed into; Esc is done, u takes it back, U does it again', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi'), earlier: [] } });
    sandbox.press('e');
    sandbox.type(' there\nyou');
    expect(sandbox.messages()).toEqual(['user: Hi there\nyou']);
    sandbox.press('esc', 'u');
    expect(sandbox.messages()).toEqual(['user: Hi']);
    sandbox.press('U');
    expect(sandbox.messages()).toEqual(['user: Hi there\nyou']);
    expect(sandbox.stored().draft?.messages[0]?.text).toBe('Hi there\nyou');
  });

  test('while it is typed, letters are letters, and Ctrl+Z takes back what was typed', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft(''), earlier: [] } });
    sandbox.press('e');
    sandbox.type('jkdqtcb? one two');
    expect(sandbox.messages()).toEqual(['user: jkdqtcb? one two']);
    sandbox.press('ctrl+z');
    expect(sandbox.messages()).toEqual(['user: jkdqtcb? one ']);
    sandbox.press('ctrl+y', 'backspace', 'ctrl+w');
    expect(sandbox.messages()).toEqual(['user: jkdqtcb? one ']);
  });

  test('pasted lines come in as they are, and ↑ goes up by what is seen', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft(''), earlier: [] } });
    sandbox.press('e');
    sandbox.model.paste('first\r\nsecond\rthird');
    sandbox.press('up', 'up', 'end');
    sandbox.type('!');
    expect(sandbox.messages()).toEqual(['user: first!\nsecond\nthird']);
  });

  test('a key of one’s own never gets into a draft', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi'), earlier: [] } });
    sandbox.press('e');
    sandbox.model.paste(' my key is sk-proj-secret, keep it');
    expect(sandbox.messages()).toEqual(['user: Hi my key is sk-..., keep it']);
    expect(sandbox.rows().join('\n')).not.toContain('secret');
    expect(sandbox.said).toEqual(['That was your key. It is masked, since a draft is sent, shown and kept.']);
    sandbox.press('ctrl+z', 'esc');
    expect(JSON.stringify(sandbox.stored())).not.toContain('secret');
  });

  test('a paste where nothing is typed does nothing', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi'), earlier: [] } });
    sandbox.model.paste('d\ndd\n');
    expect(sandbox.messages()).toEqual(['user: Hi']);
  });

  test('messages are added where one is, moved, given another role, deleted', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('one'), earlier: [] } });
    sandbox.press('a');
    sandbox.type('two');
    sandbox.press('esc', 'K', 'r', 'r');
    expect(sandbox.messages()).toEqual(['developer: two', 'user: one']);
    sandbox.press('d');
    expect(sandbox.messages()).toEqual(['user: one']);
    sandbox.press('d');
    expect(sandbox.rows().join('\n')).toContain('no messages yet: a adds one');
    sandbox.press('a');
    sandbox.type('new');
    expect(sandbox.messages()).toEqual(['user: new']);
  });

  test('a parameter is one line: Enter and Esc keep it, u takes it back', () => {
    const sandbox = sandboxWorld({
      kept: { draft: draft('Hi', { model: 'm', temperature: '1' }), earlier: [] },
    });
    sandbox.press('down', 'down', 'down', 'down', 'down', 'e');
    sandbox.press('backspace');
    sandbox.type('0.5');
    sandbox.press('enter');
    expect(sandbox.parameters().temperature).toBe('0.5');
    sandbox.press('e');
    sandbox.type('99');
    expect(sandbox.rows().join('\n')).toMatch(/0\.599/);
    sandbox.press('esc');
    expect(sandbox.parameters().temperature).toBe('0.599');
    sandbox.press('u');
    expect(sandbox.parameters().temperature).toBe('0.5');
    sandbox.press('backspace');
    expect(sandbox.parameters().temperature).toBe('');
  });

  test('what is out of range is said as it is typed, with a mark and in words', () => {
    const sandbox = sandboxWorld({
      kept: { draft: draft('Hi', { model: 'gpt-4o-mini', temperature: '3' }), earlier: [] },
    });
    expect(sandbox.rows().join('\n')).toContain('! 3 is too high: temperature takes 0 to 2.');
    expect(stylesOf(sandbox.lines(), '3 is')).toEqual(['warn']);
  });

  test('the few values of a switch turn in their place', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi', { stream: 'true' }), earlier: [] } });
    sandbox.press('down', 'down', 'space');
    expect(sandbox.parameters().stream).toBe('false');
    sandbox.press('space');
    expect(sandbox.parameters().stream).toBe('');
    sandbox.press('left');
    expect(sandbox.parameters().stream).toBe('false');
    sandbox.press('s');
    expect(sandbox.parameters().stream).toBe('true');
    expect(sandbox.said).toEqual(['Streaming is on: it comes in chunks.']);
  });

  test('other fields are JSON; what is none is not lost, and can be left', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi'), earlier: [] } });
    const fields = () => sandbox.model.workbench.draft.messages[0]?.fields;
    sandbox.press('x', 'ctrl+u');
    sandbox.type('{"name": "Ada"');
    sandbox.press('esc');
    expect(sandbox.said[0]).toMatch(/^Esc again leaves all as it was\. .*at line 1, column 15, /);
    sandbox.type('}');
    sandbox.press('esc');
    expect(fields()).toEqual({ name: 'Ada' });
    sandbox.press('x');
    sandbox.type('nonsense');
    sandbox.press('esc', 'esc');
    expect(fields()).toEqual({ name: 'Ada' });
    expect(sandbox.model.isTyping).toBe(false);
  });

  test('a text can be written in an editor of one’s own; where that fails the text stays', async () => {
    const sandbox = sandboxWorld({
      kept: { draft: draft('Hi'), earlier: [] },
      editText: (text) => `${text}\r\nthere`,
    });
    sandbox.press('E');
    await settled();
    expect(sandbox.messages()).toEqual(['user: Hi\nthere']);
    const failing = sandboxWorld({
      kept: { draft: draft('Hi'), earlier: [] },
      editText: () => ({ failure: 'nano could not be started.' }),
    });
    failing.press('e');
    failing.type('!');
    failing.press('ctrl+o');
    await settled();
    expect([failing.said, failing.messages()]).toEqual([['nano could not be started.'], ['user: Hi!']]);
  });
});

describe('sending', () => {
  test('Enter sends what is on screen, and shows it live where there is room for one side only', () => {
    const sandbox = sandboxWorld();
    sandbox.press('enter');
    expect(sandbox.session.asked).toEqual(['run sandbox: request']);
    expect(sandbox.model.side).toBe('request');
    const narrow = sandboxWorld({ columns: 80, rows: 20 });
    narrow.press('enter');
    expect(narrow.model.side).toBe('live');
  });

  test('Ctrl+S is done and sends', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi'), earlier: [] } });
    sandbox.press('e');
    sandbox.type('!');
    sandbox.press('ctrl+s');
    expect([sandbox.session.asked, sandbox.messages()]).toEqual([['run sandbox: request'], ['user: Hi!']]);
  });

  test('what is no JSON cannot go out, and one is told where', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi', { tools: '[{]' }), earlier: [] } });
    sandbox.press('enter');
    expect(sandbox.session.asked).toEqual([]);
    expect(sandbox.said[0]).toMatch(/^Not sent\. tools is no JSON: at line 1, column 3, /);
  });

  test('what a server would refuse can be sent on purpose', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi', { temperature: '9' }), earlier: [] } });
    sandbox.press('enter');
    expect(sandbox.session.asked).toEqual(['run sandbox: request']);
  });

  test('what costs money is said once before it goes out', () => {
    const sandbox = sandboxWorld({ env: { OPENAI_API_KEY: 'sk-proj-abcdefghijklmnopqrstuvwxyzctAA' } });
    sandbox.session.chooseEndpoint('openai');
    sandbox.press('enter');
    expect(sandbox.session.asked).toEqual([]);
    expect(sandbox.said[0]).toBe('OpenAI costs money. Enter again sends it.');
    sandbox.press('enter');
    expect(sandbox.session.asked).toEqual(['run sandbox: request']);
  });

  test('while it runs Esc stops it, and the answer cannot yet be taken', () => {
    const sandbox = sandboxWorld();
    sandbox.ran(helloStream.slice(0, 8), true);
    expect(sandbox.keys()).not.toContain('send');
    expect(sandbox.keys()).not.toContain('take');
    sandbox.press('esc');
    expect(sandbox.session.asked).toEqual(['abort']);
  });
});

describe('the answer', () => {
  test('is taken into the conversation with one key, and the talk goes on', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft("Say 'Hello World'"), earlier: [] } });
    expect(sandbox.keys()).not.toContain('take');
    sandbox.ran(helloRun);
    sandbox.press('t');
    sandbox.type('Again');
    expect(sandbox.messages()).toEqual(["user: Say 'Hello World'", 'assistant: Hello World!', 'user: Again']);
    sandbox.press('esc', 'u', 'u');
    expect(sandbox.messages()).toEqual(["user: Say 'Hello World'"]);
  });

  test('makes the prompt grow, turn by turn, and that is shown', async () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi'), earlier: [] } });
    sandbox.model.workbench.sent({
      messages: sandbox.model.workbench.draft.messages,
      promptTokens: 8,
      isEstimated: false,
    });
    sandbox.ran([...helloStream, usageChunk(5, 650, 8, 3), stepEnd(651)]);
    sandbox.press('t', 'esc');
    await sandbox.model.workbench.count();
    expect(sandbox.rows().join('\n')).toMatch(/by turn .* 8 → . ~\d+/);
  });

  test('of a reader of tools comes with a place for the result', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Weather?'), earlier: [] } });
    const call = { id: 'call_1', type: 'function' as const, function: { name: 'weather', arguments: '{}' } };
    sandbox.ran([
      runStart('sandbox'),
      stepStart(chat()),
      response(5, null, { more: { tool_calls: [call] } }),
      stepEnd(6),
    ]);
    sandbox.press('t');
    sandbox.type('18 °C');
    sandbox.press('esc');
    expect(sandbox.messages()).toEqual(['user: Weather?', 'assistant: ', 'tool: 18 °C']);
    expect(sandbox.rows().join('\n')).toContain('tool_call_id call_1');
  });
});

describe('what lies over it', () => {
  test('the request as code: other languages, copied, saved', async () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi'), earlier: [] } });
    sandbox.press('c');
    expect(sandbox.rows().join('\n')).toContain("import OpenAI from 'openai';");
    sandbox.press('c');
    expect(sandbox.rows().join('\n')).toContain('from openai import OpenAI');
    sandbox.press('y', 'w');
    await settled();
    expect(sandbox.done.map((each) => each.split('\n')[0])).toEqual([
      'copied from dotenv import load_dotenv',
      'saved python from dotenv import load_dotenv',
    ]);
    expect(sandbox.said).toEqual(['Saved.', 'Copied.']);
    sandbox.press('esc');
    expect(sandbox.keys()).toContain('send');
  });

  test('a request that cannot be sent is no code either, and nothing is copied', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi', { tools: '[' }), earlier: [] } });
    sandbox.press('c', 'y', 'w');
    expect(sandbox.rows().join('\n')).toContain('The request cannot be sent as it is');
    expect(sandbox.done).toEqual([]);
  });

  test('the tokens: every piece of every message, told apart without colour too', async () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hello World'), earlier: [] } });
    await sandbox.model.workbench.count();
    sandbox.press('v');
    await sandbox.model.workbench.cut();
    expect(stylesOf(sandbox.lines(), 'Hello')).toEqual(['token']);
    expect(stylesOf(sandbox.lines(), ' World')).toEqual(['token-next']);
    expect(sandbox.rows({ isPlain: true }).join('\n')).toContain('Hello| World|');
    expect(sandbox.rows().join('\n')).toContain('9 prompt tokens estimated with o200k_base');
  });

  test('presets and earlier drafts: loading one keeps the draft that was there', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('my own'), earlier: [draft('older')] } });
    sandbox.press('p', 'enter');
    expect(sandbox.messages()[0]).toBe('system: You are a helpful assistant. Keep it brief.');
    sandbox.press('p', 'G');
    expect(sandbox.rows().join('\n')).toMatch(/Drafts of yours +my own[\s\S]*› +older/);
    sandbox.press('up', 'enter');
    expect(sandbox.messages()).toEqual(['user: my own']);
  });

  test('models that the endpoint lists; one is chosen', async () => {
    const sandbox = sandboxWorld({
      kept: { draft: draft('Hi'), earlier: [] },
      models: ['llama3.2', 'qwen3'],
    });
    sandbox.press('down', 'm');
    expect(sandbox.rows().join('\n')).toContain('Asking for the list …');
    await settled();
    sandbox.press('down', 'enter');
    expect(sandbox.parameters().model).toBe('qwen3');
    // Opened again, it begins at that one.
    sandbox.press('m');
    await settled();
    expect(sandbox.rows().join('\n')).toMatch(/› +qwen3 · in use/);
  });

  test('where no models are to be had, one is told why', async () => {
    const models = new Error('Nobody listens at 127.0.0.1:1.');
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi'), earlier: [] }, models });
    sandbox.press('down', 'm');
    await settled();
    expect(sandbox.rows().join('\n')).toContain('Nobody listens at 127.0.0.1:1.');
    sandbox.press('enter', 'esc');
    expect(sandbox.keys()).toContain('send');
  });
});

describe('comparing', () => {
  test('it is sent twice, with one thing changed', async () => {
    const sandbox = sandboxWorld();
    sandbox.press('b', 'enter');
    await settled();
    expect(sandbox.session.asked).toEqual(['run comparison: first, second']);
    const [first, second] = sandbox.session.sent;
    expect(first).toMatchObject({ stream: true, max_tokens: 80 });
    expect(second).toEqual({ ...first, stream: false });
  });

  test('another value is asked for in a line of its own', async () => {
    const sandbox = sandboxWorld();
    sandbox.press('b', 'down', 'down', 'down', 'enter');
    sandbox.type('0.3');
    expect(sandbox.rows().join('\n')).toContain('temperature of the second run');
    sandbox.press('enter');
    await settled();
    expect(sandbox.session.sent.map((body) => body.temperature)).toEqual([undefined, 0.3]);
    expect(sandbox.parameters().temperature).toBeUndefined();
  });

  test('both answers stand side by side, and what differs is said', async () => {
    const sandbox = sandboxWorld({ columns: 100, rows: 30 });
    const second = [
      stepStart(chat(), { step: 1 }),
      { ...response(1300, 'Hello you'), step: 1 },
      stepEnd(1300, 'complete', 1),
    ];
    sandbox.session.give('comparison', [...helloStream, stepEnd(643), ...second]);
    sandbox.press('b', 'enter');
    await settled();
    const text = sandbox.rows().join('\n');
    expect(text).toMatch(/A {2}streamed +B {2}all at once/);
    expect(text).toMatch(/Hello World! +│ +│ Hello you/);
    expect(text).toMatch(/chunks +5 +one body {2}differs/);
    expect(text).toContain('The texts are the same for 6 characters; then A has “World!”, B has “you”.');
  });

  test('where practice has an answer in writing, nobody learns that temperature does nothing', async () => {
    const words = 'A sentence of quite some length, which nobody makes up twice in the same words.';
    const both = async (bodies: readonly object[], text = words) => {
      const sandbox = sandboxWorld({ columns: 100, rows: 36 });
      const events = bodies.flatMap((body, step) => [
        stepStart(chat(body), { step }),
        { ...response(500 + step, text), step },
        stepEnd(500 + step, 'complete', step),
      ]);
      sandbox.session.give('comparison', [...helloStream.slice(0, 1), ...events]);
      sandbox.press('b', 'enter');
      await settled();
      return sandbox.rows().join('\n');
    };
    const said = 'The practice server has this answer in writing';
    expect(await both([{}, { temperature: 0 }])).toContain(said);
    // These are the same wherever they are made.
    expect(await both([{ temperature: 0 }, { temperature: 0 }])).not.toContain(said);
    expect(await both([{ seed: 1 }, { seed: 1 }])).not.toContain(said);
    expect(await both([{}, {}], 'Yes.')).not.toContain(said);
  });
});

describe('what others do meanwhile', () => {
  const env = { OPENAI_API_KEY: 'sk-proj-abcdefghijklmnopqrstuvwxyzctAA' };

  test('a comparison that costs money is shown, says so, and goes out with the next Enter', async () => {
    const sandbox = sandboxWorld({ env });
    sandbox.press('b');
    while (!/› Endpoint +OpenAI/.test(sandbox.rows().join('\n'))) sandbox.press('down');
    sandbox.press('enter');
    await settled();
    expect(sandbox.session.asked).toEqual([]);
    expect(sandbox.said.at(-1)).toMatch(/OpenAI.* costs money\. Enter again sends it/);
    sandbox.press('enter');
    await settled();
    expect(sandbox.session.asked).toEqual(['run comparison: first, second']);
  });

  test('a comparison that was left before it went out does not go out', async () => {
    const sandbox = sandboxWorld({ env });
    let ready = () => {};
    sandbox.session.endpointOf = () =>
      new Promise((resolve) => {
        ready = () => resolve({ kind: 'openai', baseURL: 'https://api.openai.com/v1', apiKey: 'k' });
      });
    sandbox.press('b');
    while (!/› Endpoint +OpenAI/.test(sandbox.rows().join('\n'))) sandbox.press('down');
    sandbox.press('enter', 'esc', 'e');
    ready();
    await settled();
    expect([sandbox.session.asked, sandbox.model.sheets.sheet, sandbox.model.isTyping]).toEqual([
      [],
      null,
      true,
    ]);
  });

  test('a list of models that comes late does not get into another', async () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi'), earlier: [] } });
    const lists: ((models: readonly string[]) => void)[] = [];
    sandbox.session.modelsOf = () => new Promise((resolve) => lists.push(resolve));
    sandbox.press('down', 'm', 'esc', 'm');
    lists[0]!(['late']);
    await settled();
    expect(sandbox.rows().join('\n')).toContain('Asking for the list …');
    lists[1]!(['right']);
    await settled();
    expect(sandbox.rows().join('\n')).toMatch(/› +right/);
  });

  test('an answer is taken once, and only into the conversation that it answers', () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi'), earlier: [] } });
    sandbox.ran(helloRun);
    sandbox.press('t', 'esc');
    expect(sandbox.keys()).not.toContain('take');
    sandbox.press('u');
    expect(sandbox.keys()).toContain('take');
    sandbox.press('p', 'enter');
    expect(sandbox.keys()).not.toContain('take');
  });

  test('a run that ends after another request was loaded is no turn of that one', async () => {
    const sandbox = sandboxWorld({ kept: { draft: draft('Hi'), earlier: [] } });
    await sandbox.model.workbench.count();
    sandbox.press('enter', 'p', 'enter');
    await settled();
    expect(sandbox.model.workbench.turns).toEqual([]);
  });
});

test('of several answers one is chosen to go on with', async () => {
  const sandbox = sandboxWorld({
    kept: { draft: draft('Hi', { model: 'gpt-4o-mini', n: '2' }), earlier: [] },
  });
  const body = {
    object: 'chat.completion',
    choices: ['red', 'blue'].map((content, index) => ({ index, message: { role: 'assistant', content } })),
  };
  sandbox.ran([runStart('sandbox'), stepStart(chat()), { ...response(5, ''), body } as never, stepEnd(6)]);
  sandbox.press('t');
  expect(sandbox.rows().join('\n')).toMatch(/› choice 0 +red[\s\S]*choice 1 +blue/);
  sandbox.press('down', 'enter');
  expect(sandbox.messages()).toEqual(['user: Hi', 'assistant: blue', 'user: ']);
});

test('of the two limits the one that the model takes is shown, and moves with the model', () => {
  const sandbox = sandboxWorld({
    kept: { draft: draft('Hi', { model: 'gpt-4o-mini', max_tokens: '80' }), earlier: [] },
  });
  expect(sandbox.rows().join('\n')).not.toContain('max_completion_tokens');
  sandbox.press('down', 'e', 'ctrl+u');
  sandbox.type('gpt-5');
  sandbox.press('enter');
  expect(sandbox.parameters()).toMatchObject({ model: 'gpt-5', max_tokens: '', max_completion_tokens: '80' });
  expect(sandbox.rows().join('\n')).toMatch(/max_completion_tokens +80/);
  expect(sandbox.model.shownModel).toBe('gpt-5');
});

test('what is wrong is said first where there are few rows', () => {
  const sandbox = sandboxWorld({
    columns: 60,
    rows: 12,
    kept: { draft: draft('Hi', { tools: '[' }), earlier: [] },
  });
  expect(sandbox.rows().slice(-2).join(' ')).toContain('! tools is no JSON');
});

test('a pasted value is not obeyed where it names a run', async () => {
  const sandbox = sandboxWorld();
  sandbox.press('b', 'down', 'down', 'down', 'enter');
  sandbox.model.paste('\u001b]8;;http://evil\u0007x\u001b[8m');
  sandbox.press('enter');
  await settled();
  expect(sandbox.rows().join('')).not.toMatch(/[\u0000-\u001f]/);
  expect(sandbox.rows().join('\n')).toContain('␛]8;;http://evil');
});

test('wherever one is, a key means one thing, and there is a way out', () => {
  const flags = [
    'hasChoices',
    'isModel',
    'isRunningHere',
    'hasAnswer',
    'hasMarkable',
    'canUndo',
    'canRedo',
  ] as const;
  for (const mode of ['list', 'text', 'field', 'code', 'tokens', 'choice', 'compared'] as const) {
    for (const side of ['request', 'live'] as const) {
      for (const row of ['message', 'parameter'] as const) {
        for (let bits = 0; bits < 2 ** flags.length; bits++) {
          const set = Object.fromEntries(flags.map((name, bit) => [name, (bits & (1 << bit)) !== 0]));
          const context = { mode, side, row, ...set } as unknown as SandboxContext;
          const inForce = sandboxKeys.filter(({ when }) => when(context));
          for (const { id, keys } of inForce) {
            for (const key of keys) {
              const first = findBinding(key, inForce)!.id;
              if (first !== id) expect.fail(`${key} is ${first} and ${id} in ${JSON.stringify(context)}`);
            }
          }
          // In the list Esc is the app's own, which leads home.
          if (mode !== 'list') expect(findBinding('esc', inForce)?.isExit).toBe(true);
        }
      }
    }
  }
});
