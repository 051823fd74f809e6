import { expect, test } from 'vitest';
import { takeaways } from '../../src/core/lessons/closing.ts';
import { experiments } from '../../src/core/lessons/index.ts';
import { command } from './world.ts';

test('plain first-token without a terminal is the whole tour: each experiment run, each takeaway with its figure', async () => {
  const { code, out, err } = await command(['--pace', 'instant']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const { id } of experiments) expect(out).toMatch(new RegExp(`^${id}  [A-Z\`]`, 'm'));
  expect(out.match(/^Answer: /gm)).toHaveLength(experiments.length);
  for (const { experiment } of takeaways) expect(out).toContain(`your ${experiment}: `);
  expect(out).toContain('When to stream');
  // The prompt tokens of the lessons' requests, as the official API counts them.
  for (const count of [15, 27, 10, 14, 17, 62, 18, 14, 34]) {
    expect(out).toMatch(new RegExp(`prompt +${count} tokens|${count} \\+ |${count},|  ${count} `));
  }
}, 20_000);

test('an interrupt ends the tour where it stands', async () => {
  const { code, out } = await command(['tour', '--pace', 'instant'], {
    onWrite: (text, interrupt) => {
      if (text.includes('2a  The minimal')) interrupt();
    },
  });
  expect(code).toBe(130);
  expect(out).not.toContain('2b  System');
});
