import { describe, expect, test } from 'vitest';
import type { FoundServer } from '../../src/core/api/discover.ts';
import type { Server } from '../../src/core/api/endpoints.ts';
import { Session } from '../../src/core/session.ts';
import { keepNamed } from '../../src/screens/endpoints/endpoints-state.ts';
import { endpointsView } from '../../src/screens/endpoints/endpoints-view.ts';
import { boxed, plain, shown, stylesOf, widest } from '../components/shown.ts';
import { world as anyWorld } from './world.ts';

const url = 'http://127.0.0.1:11434/v1';
const ollama: Server = { baseURL: url, keyName: null, model: 'llama3.2' };
const env = { OPENAI_API_KEY: 'sk-proj-abcdefghijklmnopqrstuvwxyzctAA' };
const found: readonly FoundServer[] = [
  { names: ['Ollama'], baseURL: url, models: ['gemma3', 'llama3.2'], wantsKey: false },
  { names: ['Jan'], baseURL: 'http://127.0.0.1:1337/v1', models: [], wantsKey: true },
];

/** A world at its endpoints, which were opened from the lesson 1a. */
function world(given: Parameters<typeof anyWorld>[0] = {}) {
  const place = anyWorld(given);
  const { model, session, press } = place;
  press('enter', 'o');
  const frame = (width = 80, rows = 20, look = boxed) =>
    endpointsView({ state: model.places.endpoints.getSnapshot(), session, width, rows, look });
  return {
    ...place,
    frame,
    text: (width?: number, rows?: number) => shown(frame(width, rows)).join('\n'),
    /** Moves to the row of that name. */
    to: (name: string) => {
      press('g');
      for (let rows = 0; !stylesOf(frame(200, 40), name).includes('selected'); rows++) {
        if (rows > 20) throw new Error(`There is no ${name} in\n${shown(frame(200, 40)).join('\n')}`);
        press('down');
      }
    },
    /** Types a text, key by key. */
    type: (text: string) => press(...text),
    keys: () => model.bindings().map(({ keys, label }) => `${keys[0]} ${label}`),
  };
}

const servers = (...all: readonly Server[]) => ({ progress: { servers: all } });

/** Resolves when what was asked has been answered. */
const answered = () => new Promise((resolve) => setImmediate(resolve));

describe('the list', () => {
  test('says who answers, at whose expense, and all there is to know of the selected one', () => {
    const { press, frame } = world({ ...servers(ollama), env });
    press('down');
    expect(shown(frame())).toEqual([
      '',
      '   Who answers',
      '',
      '   ●  practice         in use · free',
      ' › ○  OpenAI           costs money · sk-proj...ctAA',
      '   ○  127.0.0.1:11434  this machine · llama3.2',
      '   +  a compatible server, by its URL',
      '   +  look for servers on this machine',
      '',
      '   URL     https://api.openai.com/v1',
      '   cost    each request costs money; the first one waits for a second Enter',
      '   key     sk-proj...ctAA · 38 characters · from the environment',
      '   model   gpt-4o-mini, as in the lessons',
      ...Array.from({ length: 7 }, () => ''),
    ]);
  });

  test('where OpenAI cannot be asked it says why, and stays', () => {
    const { press, text, state, session } = world();
    press('down');
    expect(text()).toContain('costs money · no key');
    expect(text()).toContain('No key was found: set OPENAI_API_KEY in the environment or in .env.');
    press('enter');
    expect(state().notice).toBe('No key was found: set OPENAI_API_KEY in the environment or in .env.');
    expect(state().screen).toEqual({ name: 'place', id: 'endpoints' });
    expect(session.getSnapshot().name).toBe('practice');
  });

  test('organisation and project are masked, and another address is named with its variable', () => {
    const { press, text } = world({
      env: {
        ...env,
        OPENAI_BASE_URL: 'https://proxy.example/v1',
        OPENAI_ORG_ID: 'org-0123456789abcdefghij',
        OPENAI_PROJECT_ID: 'proj_0123456789abcdefghij',
      },
    });
    press('down');
    expect(text()).toContain('URL     https://proxy.example/v1 · OPENAI_BASE_URL');
    expect(text()).toContain('account organisation org-012...ghij · project proj_01...ghij');
  });

  test('Enter uses the selected one, says what it costs, and goes back to where one was', () => {
    const { press, state, session, progress } = world({ env });
    press('down', 'enter');
    expect(session.getSnapshot().name).toBe('openai');
    expect(progress.getSnapshot().endpoint).toBe('openai');
    expect(state()).toMatchObject({
      screen: { name: 'lesson', id: '1a' },
      notice: 'OpenAI answers from now on, and costs money.',
    });
    press('o', 'up', 'enter');
    expect(state()).toMatchObject({
      screen: { name: 'lesson', id: '1a' },
      notice: 'Practice answers from now on, for free.',
    });
  });

  test('the key that leads here leads back, as Esc does; the one in use is selected', () => {
    const { press, state, text } = world({ ...servers(ollama), env });
    press('o');
    expect(state().screen).toEqual({ name: 'lesson', id: '1a' });
    press('o', 'j', 'j', 'enter', 'o');
    expect(text()).toContain(' › ●  127.0.0.1:11434  in use · this machine · llama3.2');
    press('esc', 'esc');
    expect(state().screen).toEqual({ name: 'home' });
  });

  test('while a run goes on one may look, and nothing is changed', () => {
    const { press, to, session, state, progress } = world({ ...servers(ollama), env });
    to('127.0.0.1:11434');
    press('enter');
    // A run that goes on: the practice server is never there.
    void Session.prototype.run.call(session, '3b', []);
    press('o', 'x', 'x');
    const refused = {
      screen: { name: 'place', id: 'endpoints' },
      notice: '3b is still running. Ctrl+C stops it.',
    };
    expect(state()).toMatchObject(refused);
    press('up', 'enter');
    expect(state()).toMatchObject(refused);
    expect(progress.getSnapshot()).toMatchObject({ endpoint: url, servers: [ollama] });
  });

  test('a server is forgotten when that is said twice in a row; if it answered, practice does again', () => {
    const { press, to, state, progress, session } = world(servers(ollama));
    to('127.0.0.1:11434');
    press('enter', 'o', 'x');
    expect(state().notice).toBe('Forget 127.0.0.1:11434? x again forgets it.');
    press('up', 'down', 'd');
    expect(progress.getSnapshot().servers).toEqual([ollama]);
    press('x');
    expect(state().notice).toBe('127.0.0.1:11434 is forgotten. Practice answers from now on, for free.');
    expect(progress.getSnapshot().servers).toEqual([]);
    expect(session.getSnapshot().name).toBe('practice');
  });

  test('a server that is named anew keeps its model, and its variable unless another is given', () => {
    const kept = { ...ollama, keyName: 'A_KEY' };
    const { session, progress } = world(servers(kept));
    keepNamed(session, url, null);
    expect(progress.getSnapshot().servers).toEqual([kept]);
    keepNamed(session, url, 'OTHER_KEY');
    expect(progress.getSnapshot().servers).toEqual([{ ...kept, keyName: 'OTHER_KEY' }]);
  });

  test('practice and OpenAI are there to stay', () => {
    const { press, state, keys } = world({ env });
    press('x', 'x', 'down', 'd', 'd');
    expect(state().notice).toBeNull();
    expect(keys()).not.toContain('x forget');
  });
});

describe('models', () => {
  test('those of a server are asked for and one is chosen, which lessons ask from then on', async () => {
    const { press, to, text, session, progress, state, model } = world(servers(ollama));
    session.models[url] = ['gemma3', 'llama3.2', 'mistral:7b'];
    to('127.0.0.1:11434');
    press('enter', 'o', 'm');
    expect(text()).toContain('Asking 127.0.0.1:11434 for its models …');
    await answered();
    expect(
      shown([
        ...endpointsView({
          state: model.places.endpoints.getSnapshot(),
          session,
          width: 60,
          rows: 8,
          look: boxed,
        }),
      ]),
    ).toEqual([
      '   Models of 127.0.0.1:11434   2 of 3',
      '   Enter chooses the one that lessons ask there.',
      '',
      '   ○  gemma3',
      ' › ●  llama3.2    lessons ask it',
      '   ○  mistral:7b',
      '',
      '',
    ]);
    press('G', 'enter');
    expect(progress.getSnapshot().servers).toEqual([{ ...ollama, model: 'mistral:7b' }]);
    expect(session.getSnapshot().model).toBe('mistral:7b');
    expect(state()).toMatchObject({
      screen: { name: 'lesson', id: '1a' },
      notice: 'Lessons ask mistral:7b from now on.',
    });
  });

  test('chosen for one that does not answer now, one stays', async () => {
    const { press, to, session, state, text } = world(servers(ollama));
    session.models[url] = ['gemma3'];
    to('127.0.0.1:11434');
    press('m');
    await answered();
    press('enter');
    expect(state().screen).toEqual({ name: 'place', id: 'endpoints' });
    expect(state().notice).toBe('Lessons ask gemma3 when 127.0.0.1:11434 answers.');
    expect(text()).toContain(' › ○  127.0.0.1:11434  this machine · gemma3');
  });

  test('a server without one shows them as soon as it is used', async () => {
    const { press, to, session, text, state } = world(servers({ ...ollama, model: null }));
    session.models[url] = ['gemma3', 'llama3.2'];
    to('127.0.0.1:11434');
    press('enter');
    await answered();
    expect(session.getSnapshot().name).toBe(url);
    expect(state().notice).toBe('127.0.0.1:11434 answers from now on, on this machine.');
    expect(text()).toContain(' › ○  gemma3');
    press('enter');
    expect(state().screen).toEqual({ name: 'lesson', id: '1a' });
  });

  test.each([
    ['practice', 0],
    ['openai', 1],
  ])('those of %s are there to look at, and lessons keep their own', async (name, downs) => {
    const { press, session, text, keys } = world({ env });
    session.models[name] = ['gpt-4o', 'gpt-4o-mini'];
    press(...Array.from({ length: downs }, () => 'down'), 'm');
    await answered();
    expect(text()).toContain('To look at: lessons ask gpt-4o-mini there.');
    expect(text()).toMatch(/● {2}gpt-4o-mini {2,}lessons ask it/);
    expect(keys()).not.toContain('enter choose');
    press('enter', 'esc');
    expect(text()).toContain(' › ');
    expect(session.getSnapshot()).toMatchObject({ name: 'practice', model: 'gpt-4o-mini' });
  });

  test('a search narrows them while letters are letters; Esc shows all, with the one found selected', async () => {
    const { press, to, type, session, text, progress } = world(servers(ollama));
    session.models[url] = ['gemma3', 'llama3.2', 'qwen3:8b', 'qwen3:32b'];
    to('127.0.0.1:11434');
    press('m');
    await answered();
    press('/');
    type('qx');
    press('backspace', 'space', '3', '2');
    expect(text()).toContain('   / q 32');
    expect(text()).toMatch(/1 of 1[\s\S]* › ○ {2}qwen3:32b/);
    press('enter', 'esc');
    expect(text()).toMatch(/4 of 4[\s\S]* › ○ {2}qwen3:32b/);
    press('/');
    type('none');
    expect(text()).toContain('No model by that name.');
    press('enter', 'enter', 'esc', 'k', 'enter');
    expect(progress.getSnapshot().servers[0]?.model).toBe('gemma3');
  });

  test('why there are none is said in whole, and Enter asks again', async () => {
    const { press, to, session, text } = world(servers(ollama));
    session.models[url] = '127.0.0.1:11434 does not answer: is the server running, and on this port?';
    to('127.0.0.1:11434');
    press('m');
    await answered();
    expect(text(44, 10)).toContain(
      '   127.0.0.1:11434 does not answer: is\n   the server running, and on this port?',
    );
    session.models[url] = [];
    press('enter');
    await answered();
    expect(text()).toContain('It lists no models.');
    expect(session.asked).toEqual([`models of ${url}`, `models of ${url}`]);
  });

  test('an answer that comes when one has gone elsewhere changes nothing', async () => {
    const { press, to, session, text } = world(servers(ollama));
    session.models[url] = ['gemma3'];
    to('127.0.0.1:11434');
    press('m', 'esc');
    await answered();
    expect(text()).toContain('Who answers');
  });

  test('in a thousand names the selected one is always in view', async () => {
    const { press, session, frame } = world();
    session.models.practice = Array.from({ length: 1_000 }, (_, index) => `model-${index}`);
    press('m');
    await answered();
    for (const key of ['down', 'pagedown', 'G', 'up', 'pageup', 'g']) {
      press(key);
      const lines = shown(frame(60, 11));
      expect(lines).toHaveLength(11);
      expect(lines.filter((row) => row.startsWith(' › '))).toHaveLength(1);
    }
  });

  test('a name is shown and never obeyed', async () => {
    const { press, to, session, frame, model } = world(servers(ollama));
    session.models[url] = ['\x1b]0;owned\x07\n\u202e`x`'];
    to('127.0.0.1:11434');
    press('m');
    await answered();
    expect(shown(frame()).join()).toContain('␛]0;owned␇␊⟨U+202E⟩`x`');
    press('enter');
    expect(shown(frame()).join('\n')).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
    expect(model.getSnapshot().notice).toContain('owned');
  });
});

describe('a server by its URL', () => {
  test('is typed, keyed by a variable, tried at once, and kept', async () => {
    const { press, to, type, text, session, progress, keys } = world({
      env: { ...env, GROQ_API_KEY: 'gsk_0123456789abcdefghij', EXAMPLE_TOKEN: 'token-0123456789abcdef' },
    });
    to('a compatible server');
    press('enter');
    expect(text()).toContain('Such as http://127.0.0.1:11434/v1 or https://example.com/v1.');
    type('https://llm.example.com/qjmo/');
    expect(text()).toContain(' › https://llm.example.com/qjmo/');
    expect(text()).toContain('Requests would go to https://llm.example.com/qjmo, and may cost money.');
    expect(keys()).toEqual(['enter next', 'ctrl+c stop or quit', 'esc cancel']);
    press('enter');
    expect(text()).toContain('Found here: EXAMPLE_TOKEN, GROQ_API_KEY');
    press('tab');
    expect(text()).toContain(' › EXAMPLE_TOKEN\n');
    expect(text()).toContain('token-0...cdef, 22 characters, from the environment.');
    session.models['https://llm.example.com/qjmo'] = ['large', 'small'];
    press('enter');
    expect(text()).toContain('Asking it for its models …');
    await answered();
    expect(progress.getSnapshot().servers).toEqual([
      { baseURL: 'https://llm.example.com/qjmo', keyName: 'EXAMPLE_TOKEN', model: null },
    ]);
    expect(text()).toMatch(
      / › ○ {2}llm\.example\.com\/qjmo +may cost money · no model chosen · EXAMPLE_TOKEN/,
    );
    expect(text()).toContain('It answers and lists 2 models: m shows them.');
    expect(session.getSnapshot().name).toBe('practice');
  });

  test('is edited with the keys of any text, and line ends and tabs never get into it', () => {
    const { press, to, type, model, text, frame } = world();
    to('a compatible server');
    press('enter');
    model.paste('\tocalhost:1\r\n234\n');
    press('home', 'l', 'end', 'left', 'backspace', 'tab');
    expect(text()).toContain(' › localhost:124\n');
    expect(stylesOf(frame(), '4')).toContain('cursor');
    press('ctrl+u', 'ctrl+k');
    type('[');
    model.paste('x'.repeat(20_000));
    press('left');
    expect(text(60, 11)).toMatch(/ › …x{50,}\n/);
  });

  test('is kept too where it does not answer, which is said', async () => {
    const { press, to, text, model, session, progress } = world();
    session.models['http://localhost:9/v1'] = 'localhost:9 does not answer: is the server running?';
    to('a compatible server');
    press('enter');
    model.paste('localhost:9\n');
    press('enter', 'enter');
    await answered();
    expect(text()).toContain('localhost:9 does not answer: is the server running?');
    expect(progress.getSnapshot().servers).toEqual([
      { baseURL: 'http://localhost:9/v1', keyName: null, model: null },
    ]);
  });

  test('with a single model has that one chosen; known before, it keeps its own', async () => {
    const { press, to, type, session, progress } = world(servers(ollama));
    session.models[url] = ['gemma3'];
    session.models['http://localhost:8080/v1'] = ['the-only-one'];
    for (const address of ['127.0.0.1:11434', 'localhost:8080']) {
      to('a compatible server');
      press('enter');
      type(address);
      press('enter', 'enter');
      await answered();
    }
    expect(progress.getSnapshot().servers.map(({ model }) => model)).toEqual(['llama3.2', 'the-only-one']);
  });

  test('what is no address is not taken, and Esc leads back step by step', () => {
    const { press, to, type, text, state, progress } = world();
    to('a compatible server');
    press('enter');
    type('ftp://x');
    press('enter');
    expect(text()).toContain('That is no address: a base URL looks like');
    press('ctrl+u');
    type('localhost:1');
    press('enter', 'esc');
    expect(text()).toContain(' › localhost:1\n');
    press('esc');
    expect(text()).toContain('Who answers');
    press('esc');
    expect(state().screen).toEqual({ name: 'lesson', id: '1a' });
    expect(progress.getSnapshot().servers).toEqual([]);
  });

  test('a variable must be named as one that holds a key, and may be set later', () => {
    const { press, to, type, text, progress } = world();
    to('a compatible server');
    press('enter');
    type('http://llm.example');
    press('enter');
    type('PATH');
    press('enter');
    expect(text()).toContain('The name of a variable ends in KEY, TOKEN or SECRET.');
    type('_KEY');
    expect(text()).toContain('PATH_KEY is set neither in the environment nor in .env.');
    press('enter');
    expect(progress.getSnapshot().servers[0]?.keyName).toBe('PATH_KEY');
    expect(text(44)).toContain('PATH_KEY is set neither in the');
  });

  test('that a key is sent unencrypted is said', () => {
    const { press, to, type, text } = world({ env: { SOME_KEY: 'some-key-0123456789' } });
    to('a compatible server');
    press('enter');
    type('http://llm.example');
    press('enter', 'tab');
    expect(text(120)).toContain('Over http:// it can be read on its way.');
  });

  test('of a server that is kept the variable can be changed, and its model stays', async () => {
    const { press, to, type, progress } = world(servers({ ...ollama, keyName: 'OLD_KEY' }));
    to('127.0.0.1:11434');
    press('e', 'ctrl+u');
    type('NEW_KEY');
    press('enter');
    await answered();
    expect(progress.getSnapshot().servers).toEqual([{ ...ollama, keyName: 'NEW_KEY' }]);
  });

  const pasted = [
    'sk-proj-0123456789abcdefghij',
    'gsk_0123456789abcdefghij',
    '0123456789abcdef0123456789abcdef',
    'sk-or-v1-0123456789abcdef',
  ];
  test.each(pasted)('%s, pasted for the name of a variable, is refused and not shown', (key) => {
    const { press, to, type, model, text, progress } = world();
    to('a compatible server');
    press('enter');
    type('localhost:1');
    press('enter');
    model.paste(key);
    press('x', 'enter', 'enter');
    expect(text()).toContain('This may be a key, and keys are not typed here');
    expect(text()).not.toContain(key.slice(7, 15));
    expect(progress.getSnapshot().servers).toEqual([]);
    press('backspace');
    expect(text()).toContain('Empty: requests go out without a key.');
  });

  test.each([
    'sk-proj-0123456789abcdefghij',
    'https://example.com/v1?key=sk-proj-0123456789abcdefghij',
    'the-secret-that-is-set-0123',
  ])('%s, pasted for a URL, is refused and not shown', (text) => {
    const place = world({ env: { MY_SECRET: 'the-secret-that-is-set-0123' } });
    place.to('a compatible server');
    place.press('enter');
    place.model.paste(text);
    place.press('enter');
    expect(place.text(100)).toContain('This may be a key, and keys are not typed here');
    place.press('home', 'x', 'left', 'y');
    expect(place.text(100)).not.toContain(text.slice(-16, -5));
  });
});

describe('servers on this machine', () => {
  test('are looked for only when asked, and kept once chosen', async () => {
    let looks = 0;
    const { press, to, text, session, progress, state } = world({
      findServers: async () => {
        looks++;
        return found;
      },
    });
    to('look for servers');
    expect(looks).toBe(0);
    expect(text()).toContain('11434 Ollama');
    press('enter', 'enter');
    expect(text()).toContain('Looking …');
    await answered();
    expect(looks).toBe(1);
    expect(text()).toContain('2 servers answer here, listed above.');
    expect(text()).toContain('   ○  127.0.0.1:11434  found · Ollama? · 2 models');
    expect(text()).toContain('   ○  127.0.0.1:1337   found · Jan? · wants a key');
    expect(progress.getSnapshot().servers).toEqual([]);
    to('127.0.0.1:11434');
    session.models[url] = ['gemma3', 'llama3.2'];
    press('enter');
    await answered();
    press('enter');
    expect(progress.getSnapshot().servers).toEqual([{ ...ollama, model: 'gemma3' }]);
    expect(state().screen).toEqual({ name: 'lesson', id: '1a' });
    expect(session.getSnapshot()).toMatchObject({ name: url, model: 'gemma3' });
  });

  test('one that wants a key asks for the name of its variable first', async () => {
    const { press, to, text, type, progress } = world({ findServers: async () => found });
    to('look for servers');
    press('enter');
    await answered();
    to('127.0.0.1:1337');
    press('enter');
    expect(text()).toContain('The variable that holds its key');
    type('JAN_KEY');
    press('enter');
    expect(progress.getSnapshot().servers).toEqual([
      { baseURL: 'http://127.0.0.1:1337/v1', keyName: 'JAN_KEY', model: null },
    ]);
  });

  test('where there are none, that is said', async () => {
    const { press, to, text } = world();
    to('look for servers');
    press('enter');
    await answered();
    expect(text()).toContain('None of these answered.');
  });
});

/** Every way these screens can look. */
const views: Readonly<Record<string, () => Promise<ReturnType<typeof world>>>> = {
  'the list': async () =>
    world({
      ...servers(ollama, {
        ...ollama,
        baseURL: 'https://a.example/very/long/path/of/a/server/v1',
        keyName: 'SOME_LONG_NAME_OF_A_KEY',
      }),
      env,
    }),
  'what was found': async () => {
    const place = world({ findServers: async () => found });
    place.to('look for servers');
    place.press('enter');
    await answered();
    return place;
  },
  models: async () => {
    const place = world();
    place.session.models.practice = ['a', 'b'.repeat(200), '日本語'.repeat(20)];
    place.press('m');
    await answered();
    return place;
  },
  'a search': async () => {
    const place = await views.models!();
    place.press('/', ...'b'.repeat(100));
    return place;
  },
  'a URL': async () => {
    const place = world();
    place.to('a compatible server');
    place.press('enter');
    place.model.paste(`https://日本語.example/${'x'.repeat(300)}`);
    return place;
  },
  'a key': async () => {
    const place = await views['a URL']!();
    place.press('enter');
    return place;
  },
};

test.each(Object.keys(views))('%s has exactly its rows, and none is too wide', async (name) => {
  const place = await views[name]!();
  for (const rows of [1, 4, 11, 16, 20, 36]) {
    for (const width of [44, 60, 80, 120]) {
      for (const look of [boxed, plain]) {
        for (const key of ['', 'down', 'down', 'down', 'down', 'down']) {
          if (key) place.press(key);
          const lines = place.frame(width, rows, look);
          expect(lines).toHaveLength(rows);
          expect(widest(lines)).toBeLessThanOrEqual(width);
          if (look.isPlain) expect(shown(lines).join('')).not.toMatch(/[─│╭█]/);
        }
        place.press('g');
      }
    }
  }
});

test.each(Object.keys(views))('%s: a key means one thing, and one can leave', async (name) => {
  const { model } = await views[name]!();
  const keys = model.places.endpoints.bindings().flatMap((binding) => binding.keys);
  expect(keys).toEqual([...new Set(keys)]);
  expect(keys).toContain('esc');
});

test('at 60×15 nothing of what there is to know is left out', () => {
  const place = world({ ...servers({ ...ollama, keyName: 'A_KEY' }), env });
  for (const name of ['practice', 'OpenAI', '127.0.0.1:11434', 'a compatible server', 'look for servers']) {
    place.to(name);
    const all = shown(place.frame(60, 40));
    const details = all.slice(all.findIndex((row) => row.includes('look for servers')) + 2).filter(Boolean);
    expect(details.length).toBeGreaterThan(1);
    expect(shown(place.frame(60, 11))).toEqual(expect.arrayContaining(details));
  }
});
