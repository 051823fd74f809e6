import { expect, test } from 'vitest';
import { findBinding, shownKey } from '../../src/components/binding.ts';
import { footer } from '../../src/components/footer.ts';
import { bindingsFor, type KeyContext } from '../../src/components/keymap.ts';
import { lineWidth } from '../../src/components/line.ts';
import { shown } from './shown.ts';

const atHome: KeyContext = {
  screen: 'home',
  isHelp: false,
  isSearching: false,
  hasQuery: false,
  isRunning: false,
  isRunningHere: false,
  hasRun: false,
  isNarrow: false,
  side: 'lesson',
  options: 4,
  hasRequest: false,
  hasSteps: false,
  hasMarkable: false,
  isScrollable: false,
  hasTrail: false,
  hasNext: false,
  hasPrevious: false,
};
const inLesson: KeyContext = { ...atHome, screen: 'lesson', hasNext: true, hasPrevious: true };

const flags = Object.keys(atHome).filter(
  (name) => name !== 'screen' && name !== 'side',
) as (keyof KeyContext)[];

/** Everything the screen can be like. */
function* contexts(): Generator<KeyContext> {
  for (const screen of ['home', 'lesson', 'page', 'place'] as const) {
    for (const side of ['lesson', 'live'] as const) {
      for (let bits = 0; bits < 2 ** flags.length; bits++) {
        const set = Object.fromEntries(flags.map((name, bit) => [name, (bits & (1 << bit)) !== 0]));
        const context = { ...atHome, ...set, screen, side };
        const { isSearching, isHelp, hasQuery, isRunning, isRunningHere, hasRun } = context;
        if (isSearching && (screen !== 'home' || isHelp || !hasQuery)) continue;
        if (isRunningHere && (screen !== 'lesson' || !isRunning || !hasRun)) continue;
        yield context;
      }
    }
  }
}

test('wherever one is, a key means one thing', () => {
  for (const context of contexts()) {
    const meanings = new Map<string, string>();
    for (const { id, keys } of bindingsFor(context)) {
      for (const key of keys) {
        const other = meanings.get(key);
        if (other && other !== id) expect.fail(`${key} is ${other} and ${id} in ${JSON.stringify(context)}`);
        meanings.set(key, id);
      }
    }
  }
});

test('wherever one is, Ctrl+C works, and one can leave, and Esc never quits', () => {
  for (const context of contexts()) {
    if (findBinding('ctrl+c', bindingsFor(context))?.id !== 'interrupt') expect.fail(JSON.stringify(context));
    const esc = findBinding('esc', bindingsFor(context))?.id;
    if (esc === 'quit' || (!esc && findBinding('q', bindingsFor(context))?.id !== 'quit'))
      expect.fail(JSON.stringify(context));
  }
});

test('while words are typed, letters are letters', () => {
  const typing = { ...atHome, isSearching: true, hasQuery: true };
  for (const key of ['q', '?', '/', 'j', 'R', 'n', ' ', '1'])
    expect(findBinding(key, bindingsFor(typing))).toBeNull();
  expect(findBinding('enter', bindingsFor(typing))?.id).toBe('search-keep');
});

test('the footer fits its row, and the way out is always on it', () => {
  const looked = new Set<string>();
  for (const context of contexts()) {
    const bindings = bindingsFor(context);
    // To stop a run that goes on behind a search takes one way out more.
    const narrowest = context.isRunning && context.hasQuery ? 54 : 40;
    // Most contexts have the same footer as another.
    const same = `${narrowest} ${bindings.map(({ shown, label }) => `${shown} ${label}`).join()}`;
    if (looked.has(same)) continue;
    looked.add(same);
    for (const width of [narrowest, 60, 80]) {
      const row = footer(bindings, width);
      const [text] = shown([row]);
      if (lineWidth(row) > width) expect.fail(`${lineWidth(row)} cells at ${width}: ${text}`);
      if (!/Esc|q quit/.test(text!)) expect.fail(`${text} in ${JSON.stringify(context)}`);
    }
  }
});

test('the footer names what the keys do here', () => {
  expect(shown([footer(bindingsFor(atHome), 80)])).toEqual([
    ' Enter open   ↑↓ select   o endpoint   / search   ? keys   q quit',
  ]);
  expect(shown([footer(bindingsFor(inLesson), 120)])).toEqual([
    ' Enter run   1-4 guess   Tab live   n next   c code   p previous   o endpoint   ? keys   Esc home',
  ]);
  expect(
    shown([footer(bindingsFor({ ...inLesson, isRunning: true, isRunningHere: true, hasRun: true }), 120)]),
  ).toEqual([' Tab live   n next   c code   i inspect   p previous   o endpoint   ? keys   Esc stop']);
  expect(shown([footer(bindingsFor({ ...inLesson, isRunning: true }), 40)])).toEqual([
    expect.stringMatching(/\? keys {3}Esc home {3}Ctrl\+C stop the run$/),
  ]);
  expect(shown([footer(bindingsFor({ ...atHome, isHelp: true }), 80)])).toEqual([' Esc close']);
});

test('keys that would do nothing here are not shown', () => {
  const keysOf = (context: KeyContext) => shown([footer(bindingsFor(context), 160)])[0];
  expect(keysOf(inLesson)).not.toMatch(/request|scroll|select|stop/);
  expect(keysOf({ ...inLesson, hasSteps: true })).toContain('←→ request');
  expect(keysOf({ ...inLesson, isScrollable: true })).toContain('↑↓ scroll');
  expect(keysOf({ ...inLesson, isScrollable: true, side: 'live' })).not.toMatch(/scroll|select/);
  expect(keysOf({ ...inLesson, hasRun: true })).not.toContain('guess');
  expect(keysOf({ ...inLesson, hasNext: false, hasPrevious: false })).not.toMatch(/next|previous/);
});

test('a binding is shown by the name of its first key unless it has a better one', () => {
  const names = bindingsFor(inLesson).map((binding) => [binding.id, shownKey(binding)]);
  expect(Object.fromEntries(names)).toMatchObject({ run: 'Enter', next: 'n', predict: '1-4', back: 'Esc' });
});
