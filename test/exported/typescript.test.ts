import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { oddlyAnswered } from './odd-answers.ts';
import { environment, exportedOf, type Programs, runExported } from './programs.ts';
import { requestsOf } from './requests.ts';

const runner = fileURLToPath(new URL('./run-typescript.ts', import.meta.url));

async function runTypeScript({ folder, files, results }: Programs): Promise<void> {
  await promisify(execFile)(process.execPath, [runner, results, ...files], {
    cwd: folder,
    env: environment,
  });
}

test('three dozen requests as TypeScript, run by node, send what the app would send', async () => {
  const exported = requestsOf(36, 20_261_124).map(exportedOf);
  expect(await runExported('typescript', exported, runTypeScript)).toEqual([]);
}, 30_000);

test('a program shows what is in an answer of several choices, of calls, of a refusal or of nothing', async () => {
  expect(await runExported('typescript', oddlyAnswered, runTypeScript)).toEqual([]);
}, 30_000);
