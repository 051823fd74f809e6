import { expect, test } from 'vitest';
import { plainCode } from '../../src/components/highlight.ts';
import { experiments, findExperiment } from '../../src/core/lessons/index.ts';
import type { RunEvent } from '../../src/core/run/events.ts';
import { type LessonPaneView, lessonPane } from '../../src/screens/lesson-pane.ts';
import { boxed, shown, stylesOf, widest } from '../components/shown.ts';
import { abortedRun, chat, helloRun, logOf, runStart, stepEnd, stepStart, thrown } from '../helpers/logs.ts';

const pane = (id: string, more: Partial<LessonPaneView> = {}) =>
  lessonPane({
    experiment: findExperiment(id)!,
    run: null,
    selected: 0,
    sent: null,
    choice: null,
    language: 'typescript',
    highlight: plainCode,
    baseURL: 'https://api.openai.com/v1',
    keyName: 'OPENAI_API_KEY',
    hasTitle: true,
    width: 56,
    look: boxed,
    ...more,
  });
const textOf = (id: string, more?: Partial<LessonPaneView>) => shown(pane(id, more).lines).join('\n');
const ran = (events: readonly RunEvent[], guess: string | null = null) => ({ log: logOf(events), guess });

test('before the run: what it is about, the question, the messages and the code', () => {
  const lines = shown(pane('3b').lines);
  expect(lines[0]).toBe('3b  what a chunk is');
  const text = lines.join('\n');
  expect(text).toContain('Before you run it: How many chunks will carry text?');
  expect(text).toContain('   1 ○ one\n   2 ○ three\n   3 ○ five\n   4 ○ ten');
  expect(text).toContain("user      ▏ Say 'Hello World'");
  expect(text).toContain('│ ' + 'import OpenAI');
  expect(text).not.toMatch(/✓|✗|Answer:/);
});

test('a guess is marked before the run', () => {
  const { lines } = pane('3b', { choice: 1 });
  expect(shown(lines)).toContain('   2 ● three  your guess');
});

test('a right guess is told so, with the rows that prove it', () => {
  const text = textOf('3b', { run: ran(helloRun, 'three'), choice: 1 });
  expect(text).toContain(' ✓ 2 ● three  your guess');
  expect(text).toContain('✓ Right. Of 5 chunks, #1 to #3 have text in the delta.');
  expect(text).toContain('#0 came at');
});

test('a wrong guess is told what it was, without blame', () => {
  const { lines } = pane('3b', { run: ran(helloRun, 'ten'), choice: 3 });
  const text = shown(lines).join('\n');
  expect(text).toContain('✗ Answer: three. Of 5 chunks');
  expect(text).not.toMatch(/wrong|incorrect/i);
  expect(stylesOf(lines, '✗ ')).toEqual(['warn']);
});

test('without a guess the answer is simply told', () => {
  expect(textOf('3b', { run: ran(helloRun) })).toContain('→ Answer: three. Of 5 chunks');
});

test('a run that was stopped decides nothing and says so', () => {
  const text = textOf('3b', { run: ran(abortedRun, 'three'), choice: 1 });
  expect(text).toContain('– This run ended before it could tell.');
  expect(text).not.toContain('Right');
});

test('a run that never began reads as one that ended early', () => {
  for (const { id } of experiments) expect(textOf(id, { run: ran([]) })).toContain('–');
});

test('what the question and its verdict take is known, so that it can be brought into view', () => {
  const { lines, question } = pane('3b', { run: ran(helloRun, 'three'), choice: 1 });
  const part = shown(lines.slice(question.from, question.to));
  expect(part[0]).toMatch(/^Before you run it:/);
  expect(part.join('\n')).toContain('✓ Right.');
  expect(part.join('\n')).not.toContain('import OpenAI');
});

test('the code is of the request that is selected, in the language asked for', () => {
  expect(textOf('2d', { selected: 0 })).toContain('max_tokens: 10');
  expect(textOf('2d', { selected: 2 })).toContain('get_weather');
  expect(textOf('3b', { language: 'python' })).toContain('from openai import OpenAI');
  expect(textOf('3b', { language: 'curl' })).toContain('curl ');
  expect(textOf('3b', { baseURL: 'http://127.0.0.1:9/v1' })).toContain('127.0.0.1:9');
});

test('what was really sent is shown in place of the plan', () => {
  const sent = chat({ messages: [{ role: 'user', content: 'What it became\u001b[2J' }] });
  expect(textOf('2f', { selected: 1, sent })).toContain('What it became␛[2J');
});

test('a server’s words in the verdict stay in their rows', () => {
  const events = [
    runStart('1b'),
    stepStart(chat()),
    thrown(5, { className: 'Api\nError', code: 'a`b\n\u001b[2J', status: 401, message: '**\n' }),
    stepEnd(6, 'error'),
  ];
  const cut = [0, 1, 2, 3, 4, 5].map((step) => stepStart(chat({ stream: true }), { step }));
  const odd = [runStart('3d'), ...cut, thrown(9, { className: 'E\u001b[2J' }, 5), stepEnd(9, 'cut', 5)];
  for (const [id, all] of [
    ['1b', events],
    ['3d', odd],
  ] as const) {
    const lines = shown(pane(id, { run: ran(all) }).lines);
    expect(lines.join('')).not.toMatch(/[\u001b\n]/);
    expect(lines.join('')).toContain('␛[2J');
  }
});

test.each(experiments.map(({ id }) => id))('%s keeps to its column, before and after', (id) => {
  for (const width of [40, 56, 78]) {
    for (const run of [null, ran(helloRun)]) {
      for (const selected of findExperiment(id)!.steps.keys()) {
        expect(widest(pane(id, { width, run, selected }).lines), `${width}`).toBeLessThanOrEqual(width);
      }
    }
  }
});
