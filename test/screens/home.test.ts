import { expect, test } from 'vitest';
import { findKeys } from '../../src/core/api/keys.ts';
import { experiments } from '../../src/core/lessons/index.ts';
import { type HomeView, home, homeItems, searchHome, unsaidNote } from '../../src/screens/home.ts';
import { boxed, shown, stylesOf, widest } from '../components/shown.ts';
import { fresh } from './world.ts';

const keysWith = (env: Record<string, string>) => findKeys({ env, cwd: '/project', readFile: () => '' });
const view = (more: Partial<HomeView> = {}): HomeView => ({
  progress: fresh,
  selected: 0,
  query: null,
  isTyping: false,
  endpoint: { kind: 'practice', baseURL: '' },
  keys: keysWith({}),
  width: 80,
  rows: 36,
  look: boxed,
  ...more,
});
const textOf = (more?: Partial<HomeView>) => shown(home(view(more))).join('\n');

test('with room, the lessons stand in groups below what this is', () => {
  expect(shown(home(view()))).toEqual([
    '',
    '   Learn the Chat Completions API on the real wire.',
    '',
    ' › Authentication         1a  is the key loaded',
    '                          1b  a bad key',
    '',
    '   The request            2a  the minimal request',
    '                          2b  system prompt and parameters',
    '',
    '   The response object    2c  the response object',
    '',
    '   finish_reason          2d  why an answer ends',
    '',
    '   Multi-turn             2e  the history is yours to send',
    '                          2f  turn by turn',
    '',
    '   Streaming              3a  normal against streaming',
    '                          3b  what a chunk is',
    '                          3c  stream and keep',
    '                          3d  when a stream goes wrong',
    '                          3e  usage in a stream',
    '',
    '   Closing                    when to stream, and when not',
    '                              takeaways, with your own figures',
    '',
    '   Your turn                  sandbox: your own requests',
    '                              inspector: runs and recordings',
    '                              key doctor: is your key safe',
    '',
    '   New here? Enter opens a lesson, a number guesses, and Enter runs it.',
    '   Answers come from the practice server on this machine: free, offline, and',
    "   not a model's.",
    ...Array.from({ length: 4 }, () => ''),
  ]);
});

test('every lesson and page is listed, with what of it is done', () => {
  const [first, second] = [experiments[0]!, experiments.find(({ id }) => id === '2d')!];
  const done = { '1a': first.steps.map(({ id }) => id), '2d': second.steps.slice(0, 2).map(({ id }) => id) };
  const rows = shown(home(view({ progress: { ...fresh, done } })));
  for (const { title } of homeItems) expect(rows.join('\n')).toContain(title);
  expect(rows.find((row) => row.includes('is the key loaded'))).toMatch(/✓ done$/);
  expect(rows.find((row) => row.includes('why an answer ends'))).toMatch(/◐ 2 of 4$/);
  expect(rows.find((row) => row.includes('a bad key'))).toMatch(/a bad key$/);
});

test('in 60 columns every lesson and page still has its name in full', () => {
  const text = shown(home(view({ width: 60, rows: 36 }))).join('\n');
  for (const { group, title } of homeItems) {
    expect(text).toContain(group);
    expect(text).toContain(title);
  }
});

test('the selected row is marked by more than colour', () => {
  const lines = home(view({ selected: 9 }));
  expect(stylesOf(lines, 'what a chunk is')).toEqual(['selected']);
  expect(shown(lines).filter((row) => row.startsWith(' › '))).toEqual([
    expect.stringContaining('what a chunk is'),
  ]);
});

test.each([36, 20, 12, 6, 2])('in %i rows the selected lesson is always in view', (rows) => {
  for (const width of [40, 60, 80, 120]) {
    for (let selected = 0; selected < homeItems.length; selected++) {
      const lines = home(view({ selected, rows, width }));
      expect(lines).toHaveLength(rows);
      expect(widest(lines)).toBeLessThanOrEqual(width);
      expect(shown(lines).filter((row) => row.startsWith(' › '))).toHaveLength(1);
    }
  }
});

test('a search finds by id, group and words of the title, in any order', () => {
  const found = (query: string) => searchHome(query).map(({ id }) => id);
  expect(found('3B')).toEqual(['3b']);
  expect(found('chunk is')).toEqual(['3b']);
  expect(found('key bad')).toEqual(['1b']);
  expect(found('streaming')).toEqual(['3a', '3b', '3c', '3d', '3e']);
  expect(found('closing')).toEqual(['when', 'takeaways']);
  expect(found('  ')).toHaveLength(homeItems.length);
  expect(found('zzz')).toEqual([]);
});

test('what is searched for stands above what was found', () => {
  const rows = shown(home(view({ query: '3', isTyping: true, rows: 20 })));
  expect(rows.some((row) => row === '   / 3█')).toBe(true);
  expect(rows.some((row) => row.includes('a bad key'))).toBe(false);
  expect(textOf({ query: '\u001b[2Jzzz' })).toContain('/ ␛[2Jzzz   nothing by that name');
});

const secret = 'sk-proj-abcdefghijklmnopqrstuvwxyzctAA';

test('a key that was found is announced, masked, and nothing is spent for it', () => {
  const text = textOf({ keys: keysWith({ OPENAI_API_KEY: secret }), width: 100 });
  expect(text).toContain('A key was found (sk-proj...ctAA). Press o to choose who answers.');
  expect(text).toContain(
    "Answers come from the practice server on this machine: free, offline, and not a model's.",
  );
  expect(text).not.toContain('abcdefghijkl');
});

test('live, it says where requests go and that they cost money', () => {
  const keys = keysWith({ OPENAI_API_KEY: secret });
  const endpoint = { kind: 'openai', baseURL: 'http://127.0.0.1:9/v1' } as const;
  const text = textOf({ keys, endpoint, width: 120 });
  expect(text).toContain('Requests go to http://127.0.0.1:9/v1 with your key sk-proj...ctAA and cost money.');
});

test('without room for notes, what matters most of them stands whole in one row of 60 columns', () => {
  const keys = keysWith({ OPENAI_API_KEY: secret });
  const note = (endpoint: HomeView['endpoint']) => unsaidNote(fresh, endpoint, keys, 16);
  const notes = [
    note({ kind: 'practice', baseURL: '' }),
    note({ kind: 'openai', baseURL: 'https://api.openai.com/v1' }),
    note({ kind: 'compatible', baseURL: 'http://127.0.0.1:11434/v1' }),
    note({ kind: 'compatible', baseURL: 'https://api.example.com/a/long/way/v1' }),
  ];
  expect(notes).toEqual([
    'A key was found: sk-proj...ctAA.',
    'Requests cost money, with your key sk-proj...ctAA.',
    'Requests stay on this machine.',
    'Requests may cost money.',
  ]);
  expect(unsaidNote(fresh, { kind: 'practice', baseURL: '' }, keys, 36)).toBe(null);
});

test('no note is cut: one that has no room whole is left out', () => {
  const endpoint = { kind: 'compatible', baseURL: 'http://127.0.0.1:11434/v1' } as const;
  expect(textOf({ endpoint, rows: homeItems.length + 2 })).not.toContain('Requests');
  expect(textOf({ endpoint, rows: homeItems.length + 3 })).toMatch(
    /Requests go to .* Press o to\n +choose who answers\./,
  );
});

test('only a newcomer is told how to begin, and a faulty key is pointed out to anybody', () => {
  expect(textOf()).toContain('New here?');
  const done = { '1a': ['card'] };
  expect(textOf({ progress: { ...fresh, done } })).not.toContain('New here?');
  expect(textOf({ keys: keysWith({ OPENAI_API_KEY: `"${secret}"` }), width: 120 })).toContain('stray quote');
});

test('where not all have room, it is said how many there are below', () => {
  const rows = shown(home(view({ width: 60, rows: 16 })));
  const more = Number(/^ {3}↓ (\d+) more$/m.exec(rows.join('\n'))?.[1]);
  expect(
    rows.filter((row) => /^ (›| ) {2}|\d[a-f] /.test(row) || row.startsWith(' ›')).length,
  ).toBeGreaterThan(8);
  expect(more).toBeGreaterThan(0);
  const last = shown(home(view({ width: 60, rows: 16, selected: homeItems.length - 1 })));
  expect(last.join('\n')).not.toContain('↓');
  expect(textOf({ width: 60, rows: 36 })).not.toContain('↓');
});

test('of a key that cannot be right, what is wrong is said first', () => {
  const keys = keysWith({ OPENAI_API_KEY: 'sk-proj-abcdefghijklm nopqrstuvwxyzctAA' });
  const text = textOf({ keys, width: 100, rows: 40 });
  const at = (words: string) => text.indexOf(words);
  expect(at('OPENAI_API_KEY in the environment')).toBeGreaterThan(0);
  expect(at('OPENAI_API_KEY in the environment')).toBeLessThan(at('A key was found'));
  expect(unsaidNote(fresh, view().endpoint, keys, 12)).toMatch(/^OPENAI_API_KEY in the environment /);
});
