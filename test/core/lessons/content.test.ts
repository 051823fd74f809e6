import { describe, expect, test } from 'vitest';
import type { Clock } from '../../../src/core/clock.ts';
import { takeaways, whenToStream } from '../../../src/core/lessons/closing.ts';
import { experiments, findExperiment, lessons, nearestIds } from '../../../src/core/lessons/index.ts';
import type { LessonBlock, LessonTable } from '../../../src/core/lessons/types.ts';
import { RunLog } from '../../../src/core/run/log.ts';

const columns = 48;
const still: Clock = { now: () => 0, wallMs: () => 0, after: () => () => {} };

/** How many rows a paragraph takes, without its backticks. */
function rowsOf(text: string, width = columns): number {
  let [rows, used] = [1, 0];
  for (const word of text.replaceAll('`', '').split(' ')) {
    if (used > 0 && used + 1 + word.length > width) [rows, used] = [rows + 1, word.length];
    else used += (used > 0 ? 1 : 0) + word.length;
  }
  return rows;
}

const isTable = (block: LessonBlock): block is LessonTable => typeof block !== 'string';

function tableWidth({ head, rows }: LessonTable): number {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  return widths.reduce((sum, width) => sum + width) + 2 * (widths.length - 1);
}

/** Every sentence that does not depend on a run. */
const sentences: readonly string[] = [
  ...experiments.flatMap(({ title, intro, steps, prediction }) => [
    title,
    ...intro.flatMap((block) => (isTable(block) ? block.rows.flat() : [block])),
    ...steps.map(({ label }) => label),
    prediction.question,
    ...prediction.options,
  ]),
  ...whenToStream.rows.flat(),
  ...takeaways.map(({ remember }) => remember),
];

test('thirteen experiments, in the order in which they are taught', () => {
  expect(experiments.map(({ id }) => id)).toEqual([
    '1a',
    '1b',
    '2a',
    '2b',
    '2c',
    '2d',
    '2e',
    '2f',
    '3a',
    '3b',
    '3c',
    '3d',
    '3e',
  ]);
  expect(lessons).toHaveLength(6);
  expect(new Set(lessons.map(({ id }) => id)).size).toBe(6);
  expect(new Set(experiments.map(({ title }) => title)).size).toBe(13);
});

describe.each(experiments.map((experiment) => [experiment.id, experiment] as const))(
  '%s',
  (_, experiment) => {
    test('its text fits beside the code', () => {
      const paragraphs = experiment.intro.filter((block) => !isTable(block)) as string[];
      const tables = experiment.intro.filter(isTable);
      expect(experiment.title.length).toBeLessThanOrEqual(40);
      expect(paragraphs.length).toBeGreaterThan(0);
      expect(paragraphs.reduce((sum, text) => sum + rowsOf(text), 0)).toBeLessThanOrEqual(8);
      for (const table of tables) {
        expect(tableWidth(table)).toBeLessThanOrEqual(columns);
        for (const row of table.rows) expect(row).toHaveLength(table.head.length);
      }
    });

    test('its prediction offers a real choice', () => {
      const { question, options } = experiment.prediction;
      expect(question).toMatch(/\?$/);
      expect(rowsOf(question)).toBeLessThanOrEqual(3);
      expect(options.length).toBeGreaterThanOrEqual(2);
      expect(options.length).toBeLessThanOrEqual(4);
      expect(new Set(options).size).toBe(options.length);
      for (const option of options) expect(option.length).toBeLessThanOrEqual(30);
      // A digit alone would read like the key that chooses an option.
      for (const option of options) expect(option).not.toMatch(/^\d+$/);
    });

    test('its steps can be told apart, and trouble is ordered from practice only', () => {
      const { steps } = experiment;
      expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
      expect(new Set(steps.map(({ label }) => label)).size).toBe(steps.length);
      for (const { fault, target } of steps) if (fault) expect(target).toBe('practice');
      expect(Boolean(experiment.compare)).toBe(steps.length > 1);
    });

    test('it claims nothing of a run that never began, was stopped at once or found no server', () => {
      const [never, stopped, refused] = [new RunLog(still), new RunLog(still), new RunLog(still)];
      const practice = { kind: 'practice', baseURL: 'http://127.0.0.1:1/v1' } as const;
      for (const run of [stopped, refused]) {
        run.append({
          type: 'run-start',
          at: 0,
          experiment: experiment.id,
          endpoint: practice,
          startedAt: '',
        });
      }
      for (const [step, { id, label, request }] of experiment.steps.entries()) {
        const resolved = typeof request === 'function' ? request([]) : request;
        refused.append({ type: 'step-start', at: 0, step, id, label, target: practice, request: resolved });
        const error = { className: 'APIConnectionError', message: 'Connection error.' };
        const rest = {
          status: null,
          type: null,
          code: null,
          param: null,
          requestId: null,
          cause: 'ECONNREFUSED',
        };
        refused.append({ type: 'error', at: 1, step, error: { ...error, ...rest } });
        refused.append({ type: 'step-end', at: 1, step, outcome: 'error' });
      }
      stopped.append({ type: 'run-end', at: 1, outcome: 'aborted' });
      refused.append({ type: 'run-end', at: 2, outcome: 'complete' });

      for (const run of [never, stopped, refused]) {
        expect(experiment.prediction.because(run)).toMatch(/\.$/);
        for (const note of experiment.lookAt(run)) expect(note).toMatch(/\.$/);
        for (const text of [experiment.prediction.because(run), ...experiment.lookAt(run)]) {
          expect(text).not.toMatch(/undefined|NaN|\bnull\b|\[object/);
        }
      }
      for (const run of [never, stopped]) expect(experiment.prediction.answer(run)).toBeNull();
      expect(experiment.lookAt(stopped)).toEqual(['You stopped this run before anything had come.']);
      expect(experiment.lookAt(refused).length).toBeGreaterThan(0);
    });
  },
);

test('no word that makes a learner feel slow, none that sells', () => {
  for (const sentence of sentences) {
    expect(sentence).not.toMatch(
      /\b(simpl[ey]|just|obvious(ly)?|eas(y|ily)|of course|trivial(ly)?|basically|clearly|merely|powerful|magic)\b/i,
    );
    expect(sentence).not.toMatch(/[—“”]|\s{2}|\s$/);
  }
});

test('paragraphs are whole sentences, and backticks come in pairs', () => {
  for (const sentence of sentences) expect(sentence.split('`').length % 2).toBe(1);
  for (const { intro } of experiments) {
    for (const block of intro) if (!isTable(block)) expect(block).toMatch(/[.:]$/);
  }
});

describe('finding an experiment', () => {
  test('by its id, whatever the capitals', () => {
    expect(findExperiment('3b')?.title).toBe('what a chunk is');
    expect(findExperiment(' 3B ')?.id).toBe('3b');
    expect(findExperiment('4a')).toBeUndefined();
  });

  test.each([
    ['b3', '3b'],
    ['3bb', '3b'],
    ['chunk', '3b'],
    ['chunks', '3b'],
    ['normal', '3a'],
    ['paramters', '2b'],
    ['response object', '2c'],
  ])('%s was meant as %s', (typed, id) => {
    expect(nearestIds(typed)[0]).toBe(id);
    expect(nearestIds(typed)).toHaveLength(3);
  });

  test('even nonsense gets ids that exist', () => {
    for (const typed of ['', '???', 'x'.repeat(200), '🦜']) {
      for (const id of nearestIds(typed)) expect(findExperiment(id)).toBeDefined();
    }
  });
});

describe('closing', () => {
  test('five uses, each decided', () => {
    expect(whenToStream.rows).toHaveLength(5);
    for (const row of whenToStream.rows) expect(row).toHaveLength(whenToStream.head.length);
    expect(whenToStream.rows.map(([, choice]) => choice)).toEqual([
      'stream',
      'normal',
      'stream',
      'normal',
      'stream',
    ]);
  });

  test('nine takeaways, each of an experiment that exists, silent where a run shows nothing', () => {
    expect(takeaways).toHaveLength(9);
    for (const { experiment, figure } of takeaways) {
      expect(findExperiment(experiment)).toBeDefined();
      expect(figure(new RunLog(still))).toBeNull();
    }
  });
});
