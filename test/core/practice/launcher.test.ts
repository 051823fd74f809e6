import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startPractice } from '../../../src/core/api/practice.ts';
import { startPracticeServer } from '../../../src/core/practice/server.ts';
import { ask } from './practice-client.ts';

const post = (url: string) =>
  fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-practice', 'content-type': 'application/json' },
    body: JSON.stringify(ask('Say hello.')),
  });

test('the thread answers over loopback HTTP, and no longer once it is closed', async () => {
  const practice = await startPractice({ pace: 'instant', seed: 1 });
  expect(practice.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
  expect((await (await post(practice.url)).json()).usage.completion_tokens).toBe(9);
  await practice.close();
  await expect(post(practice.url)).rejects.toThrow('fetch failed');
  await practice.close();
});

test('a port that is taken is one clear sentence', async () => {
  const other = await startPracticeServer();
  const port = Number(new URL(other.url).port);
  const failure = await startPractice({ pace: 'instant', port }).catch((error) => error);
  await other.close();
  expect(failure.message).toMatch(/^The practice server could not start: [^\n]*in use[^\n]*$/);
});

test('a practice server that nobody closed does not keep the program alive', async () => {
  const program = `
    const { startPractice } = await import('./src/core/api/practice.ts');
    const { url } = await startPractice({ pace: 'instant' });
    console.log((await fetch(url + '/models')).status);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    timeout: 20_000,
  });
  expect(stdout).toBe('401\n');
});
