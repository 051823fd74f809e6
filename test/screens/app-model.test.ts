import { describe, expect, test } from 'vitest';
import { experiments } from '../../src/core/lessons/index.ts';
import { doneCount } from '../../src/screens/app-model.ts';
import { homeItems, walk } from '../../src/screens/home.ts';
import { chat, helloRun, helloStream, response, runStart, stepEnd, stepStart } from '../helpers/logs.ts';
import { world } from './world.ts';

const wide = { isNarrow: false, content: 0, window: 20, from: 0 };

describe('ways', () => {
  test('Enter opens the selected lesson, Esc goes home and never out', () => {
    const { press, state, progress, quits } = world();
    press('down', 'down', 'enter');
    expect(state().screen).toEqual({ name: 'lesson', id: '2a' });
    expect(progress.getSnapshot().last).toBe('2a');
    press('esc');
    expect(state()).toMatchObject({ screen: { name: 'home' }, selected: 2 });
    press('esc', 'esc');
    expect(quits).toEqual([]);
    press('q');
    expect(quits).toEqual(['quit']);
  });

  test('n goes through all lessons and the closing pages, p back', () => {
    const { press, state } = world();
    press('enter');
    const seen = walk.map(() => {
      const { screen } = state();
      press('n');
      return screen.name === 'home' ? '' : screen.id;
    });
    expect(seen).toEqual([...experiments.map(({ id }) => id), 'when', 'takeaways']);
    expect(state().screen).toEqual({ name: 'page', id: 'takeaways' });
    press('p');
    expect(state().screen).toEqual({ name: 'page', id: 'when' });
    press('p');
    expect(state().screen).toEqual({ name: 'lesson', id: '3e' });
  });

  test('it begins where the learner left', () => {
    expect(world({ progress: { last: '3b' } }).state().selected).toBe(9);
    expect(world({ progress: { last: 'gone' } }).state().selected).toBe(0);
  });

  test('the selection stops at both ends', () => {
    const { press, state } = world();
    press('up');
    expect(state().selected).toBe(0);
    press('G');
    expect(state().selected).toBe(homeItems.length - 1);
    press('down', 'j');
    expect(state().selected).toBe(homeItems.length - 1);
    press('g');
    expect(state().selected).toBe(0);
  });

  test('help stands over any screen and leaves it as it was', () => {
    const { press, state } = world();
    press('enter', '?');
    expect(state()).toMatchObject({ isHelp: true, screen: { id: '1a' } });
    press('n', 'enter', 'q');
    expect(state()).toMatchObject({ isHelp: false, screen: { id: '1a' } });
  });
});

describe('search', () => {
  test('letters are letters, and the first hit is selected', () => {
    const { press, state, quits } = world();
    press('down', '/', 'q', 'space', '?', 'up', 'ctrl+x');
    expect(state()).toMatchObject({ query: 'q ?', isTyping: true, selected: 0 });
    expect(quits).toEqual([]);
  });

  test('Enter keeps what was found, Enter again opens it, Esc shows all with it selected', () => {
    const { press, state } = world();
    press('/', ...'chunk', 'enter');
    expect(state()).toMatchObject({ query: 'chunk', isTyping: false });
    press('enter');
    expect(state().screen).toEqual({ name: 'lesson', id: '3b' });
    press('esc');
    expect(state().query).toBe('chunk');
    press('esc');
    expect(state()).toMatchObject({ query: null, selected: 9, screen: { name: 'home' } });
  });

  test('Esc while typing shows all; a backspace takes back a whole character', () => {
    const { press, state } = world();
    press('/', 'a', '👍', 'backspace');
    expect(state().query).toBe('a');
    press('backspace', 'backspace');
    expect(state().query).toBe('');
    press('esc');
    expect(state()).toMatchObject({ query: null, isTyping: false });
  });

  test('nothing found is nothing to open', () => {
    const { press, state } = world();
    press('/', 'x', 'y', 'z', 'enter', 'enter');
    expect(state().screen).toEqual({ name: 'home' });
  });
});

describe('a lesson', () => {
  test('a number guesses, and Enter runs with that guess', () => {
    const { press, session, model } = world({ progress: { last: '3b' } });
    press('enter', '4', '2', 'enter');
    expect(session.asked).toEqual(['start 3b, guess three']);
    expect(model.lessonState('3b')).toMatchObject({ choice: 1, side: 'live' });
  });

  test('a number beyond the options is no guess', () => {
    const { press, session, model } = world();
    press('enter', '4');
    expect(model.lessonState('1a').choice).toBeNull();
    press('enter');
    expect(session.asked).toEqual(['start 1a, guess null']);
  });

  test('after the run there is nothing left to guess', () => {
    const { press, session, model } = world({ progress: { last: '3b' } });
    session.give('3b', helloRun);
    press('enter', '2');
    expect(model.lessonState('3b').choice).toBeNull();
  });

  test('a second run is not started while one goes on, and one is told why', () => {
    const { press, session, state } = world();
    session.give('3b', helloStream, { isRunning: true });
    press('enter', 'enter');
    expect(session.asked).toEqual([]);
    expect(state().notice).toBe('3b is still running. Ctrl+C stops it.');
    press('down');
    expect(state().notice).toBeNull();
  });

  test('that one has to wait is no longer said once the run is over: Ctrl+C would quit', () => {
    const { press, session, state } = world();
    session.give('3b', helloStream, { isRunning: true });
    // News of the session, as at the beginning of the run.
    session.chooseEndpoint('practice');
    press('enter', 'enter');
    expect(state().notice).toMatch(/still running/);
    const over = { ...session.getSnapshot(), running: null };
    session.getSnapshot = () => over;
    session.chooseEndpoint('practice');
    expect(state().notice).toBeNull();
  });

  test('Ctrl+C says that it stopped the run: on a screen that shows another moment nothing else does', () => {
    const { press, session, state } = world();
    session.give('3b', helloStream, { isRunning: true });
    press('ctrl+c');
    expect([session.asked, state().notice]).toEqual([['abort'], 'Stopped. What had come is kept.']);
  });

  test('Esc and Ctrl+C stop a run and stay; with none running Ctrl+C quits', () => {
    const running = world({ progress: { last: '3b' } });
    running.session.give('3b', helloStream, { isRunning: true });
    running.press('enter', 'esc', 'ctrl+c');
    expect(running.session.asked).toEqual(['abort', 'abort']);
    expect(running.state().screen).toEqual({ name: 'lesson', id: '3b' });
    expect(running.quits).toEqual([]);
    const idle = world();
    idle.press('enter', 'ctrl+c');
    expect(idle.quits).toEqual(['quit']);
  });

  test('← and → choose a request and stop at the first and last; a new run follows itself again', () => {
    const { press, model } = world({ progress: { last: '2d' } });
    press('enter', 'left');
    expect(model.shownStep('2d')).toBe(0);
    press('right', 'l', 'right', 'right', 'right');
    expect(model.shownStep('2d')).toBe(3);
    press('h');
    expect(model.shownStep('2d')).toBe(2);
    press('enter');
    expect(model.lessonState('2d').step).toBeNull();
  });

  test('without a choice the newest request is shown', () => {
    const { session, model } = world();
    session.give('3a', [runStart('3a'), stepStart(chat()), stepEnd(9), stepStart(chat(), { step: 1 })]);
    expect(model.shownStep('3a')).toBe(1);
  });

  test('a request that began is shown once the screen has heard of it', async () => {
    const { session, model } = world();
    session.give('3a', [runStart('3a'), stepStart(chat())]);
    const { log } = session.runOf('3a')!;
    const heard = new Promise<void>((resolve) => {
      log.subscribe(resolve);
    });
    log.append(stepStart(chat(), { step: 1 }));
    expect(model.shownStep('3a')).toBe(0);
    await heard;
    expect(model.shownStep('3a')).toBe(1);
  });

  test('the text scrolls from where the screen shows it, and no further than its end', () => {
    const { press, model } = world();
    press('enter');
    model.extent = { isNarrow: false, content: 30, window: 20, from: 4 };
    press('down');
    expect(model.lessonState('1a').scroll).toBe(5);
    press('pagedown');
    expect(model.lessonState('1a').scroll).toBe(10);
    press('pageup', 'up');
    expect(model.lessonState('1a').scroll).toBe(0);
  });

  test('a text that fits does not scroll', () => {
    const { press, model } = world();
    press('enter');
    model.extent = wide;
    press('down', 'G');
    expect(model.lessonState('1a').scroll).toBeNull();
  });

  test('on the live side the keys mark chunks: the newest first going up', () => {
    const { press, session, model } = world({ progress: { last: '3b' } });
    session.give('3b', helloRun);
    press('enter', 'tab', 'up');
    expect(model.lessonState('3b').cursor).toBe(4);
    press('up', 'k');
    expect(model.lessonState('3b').cursor).toBe(2);
    press('g');
    expect(model.lessonState('3b').cursor).toBe(0);
    press('up');
    expect(model.lessonState('3b').cursor).toBe(0);
    press('G', 'down');
    expect(model.lessonState('3b').cursor).toBe(4);
  });

  test('of a whole object the first field is marked first', () => {
    const { press, session, model } = world({ progress: { last: '2c' } });
    session.give('2c', [runStart('2c'), stepStart(chat()), response(5, 'Hello!'), stepEnd(6)]);
    press('enter', 'tab', 'down');
    expect(model.lessonState('2c').cursor).toBe(0);
  });

  test('each lesson remembers its side and its guess', () => {
    const { press, model } = world();
    press('enter', '2', 'tab', 'n', 'p');
    expect(model.lessonState('1a')).toMatchObject({ side: 'live', choice: 1 });
    expect(model.lessonState('1b').side).toBe('lesson');
  });

  test('c goes round the three languages and is remembered', () => {
    const { press, progress } = world();
    press('enter');
    const seen = [1, 2, 3].map(() => {
      press('c');
      return progress.getSnapshot().language;
    });
    expect(seen).toEqual(['python', 'curl', 'typescript']);
  });
});

describe('choices', () => {
  const env = { OPENAI_API_KEY: 'sk-proj-abcdefghijklmnopqrstuvwxyzctAA' };

  test('o shows who answers, from anywhere, and Esc leads back to where one was', () => {
    const { press, state } = world({ env });
    press('o');
    expect(state().screen).toEqual({ name: 'place', id: 'endpoints' });
    press('esc');
    expect(state().screen).toEqual({ name: 'home' });
    press('enter', 'n', 'o', '?', 'esc', 'esc');
    expect(state()).toMatchObject({ isHelp: false, screen: { name: 'lesson', id: '1b' } });
    press('esc');
    expect(state().screen).toEqual({ name: 'home' });
  });

  test('progress is forgotten only when R is pressed twice in a row', () => {
    const { press, state, progress } = world({ progress: { done: { '1a': ['card'] }, last: '1a' } });
    press('R');
    expect(state().notice).toBe('Forget all progress? R again forgets, any other key keeps it.');
    press('down', 'R');
    expect(progress.getSnapshot().done).toEqual({ '1a': ['card'] });
    press('R');
    expect(progress.getSnapshot()).toMatchObject({ done: {}, last: null });
    expect(state().notice).toBe('All progress is forgotten.');
  });

  test('a reset does not change the endpoint in use', () => {
    const { press, session, progress } = world({ env });
    press('o', 'down', 'enter', 'R', 'R');
    expect(session.getSnapshot().name).toBe('openai');
    expect(progress.getSnapshot().endpoint).toBe('openai');
  });
});

test('an experiment is done when all its steps are', () => {
  expect(doneCount({})).toBe(0);
  expect(doneCount({ '1a': ['card'], '1b': ['fake', 'none'], '3b': ['chunks', 'gone'], xx: ['y'] })).toBe(2);
});

const places: Readonly<Record<string, () => ReturnType<typeof world>>> = {
  home: () => world(),
  'a search': () => withKeys(world(), '/', 's'),
  'a search that is kept': () => withKeys(world(), '/', 's', 'enter'),
  help: () => withKeys(world(), '?'),
  'a lesson before its run': () => withKeys(world(), 'enter'),
  'a lesson of several requests': () => withKeys(world({ progress: { last: '2d' } }), 'enter'),
  'a lesson after its run': () => {
    const place = world({ progress: { last: '3b' } });
    place.session.give('3b', helloRun);
    return withKeys(place, 'enter');
  },
  'the chunks of a run': () => withKeys(places['a lesson after its run']!(), 'tab'),
  'a lesson while it runs': () => {
    const place = world({ progress: { last: '3b' } });
    place.session.give('3b', helloStream, { isRunning: true });
    return withKeys(place, 'enter');
  },
  'a lesson while another runs': () => {
    const place = world();
    place.session.give('3b', helloStream, { isRunning: true });
    return withKeys(place, 'enter');
  },
  'home while a lesson runs': () => {
    const place = world();
    place.session.give('3b', helloStream, { isRunning: true });
    return place;
  },
  'a page': () => withKeys(world({ progress: { last: 'when' } }), 'enter'),
  'the endpoints': () => withKeys(world(), 'o'),
  'a server among them': () =>
    withKeys(
      world({ progress: { servers: [{ baseURL: 'http://localhost:1/v1', keyName: null, model: null }] } }),
      'o',
      'down',
      'down',
    ),
  'a way to more of them': () => withKeys(world(), 'o', 'G'),
  'the last page': () => withKeys(world({ progress: { last: 'takeaways' } }), 'enter'),
};

function withKeys(place: ReturnType<typeof world>, ...keys: readonly string[]) {
  place.press(...keys);
  place.model.extent = { isNarrow: false, content: 60, window: 20, from: 0 };
  return place;
}

/** The two keys of a pair that the footer shows as one. */
const pairs: Readonly<Record<string, readonly string[]>> = {
  up: ['up', 'down'],
  'step-left': ['left', 'right'],
};

test.each(Object.keys(places))('every key in the footer does something: %s', (name) => {
  const make = places[name]!;
  const effect = (key: string) => {
    const place = make();
    const seen = () =>
      JSON.stringify([
        place.state(),
        place.model.places.endpoints.getSnapshot(),
        place.session.asked,
        place.quits,
        place.progress.getSnapshot(),
      ]);
    const before = seen();
    place.press(key);
    return seen() !== before;
  };
  const shownKeys = make()
    .model.bindings()
    .filter(({ isMinor }) => !isMinor);
  expect(shownKeys.length).toBeGreaterThan(0);
  for (const { id, keys } of shownKeys) {
    const tried = pairs[id] ?? (id === 'predict' ? keys.slice(0, 2) : keys);
    expect(tried.some(effect), `${keys[0]}: ${id}`).toBe(true);
    if (!pairs[id]) for (const key of tried) expect(effect(key), key).toBe(true);
  }
});
