import { type ExecFileException, execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pythonParameters } from '../../src/core/export/python-parameters.ts';
import { experiments } from '../../src/core/lessons/index.ts';
import type { ChatBody } from '../../src/core/run/request.ts';
import { oddlyAnswered } from './odd-answers.ts';
import {
  type Ended,
  type Exported,
  environment,
  exportedOf,
  type Programs,
  runExported,
} from './programs.ts';
import { requestsOf } from './requests.ts';

// Really runs exported programs in the languages that are not everywhere at hand.
// node check.ts python INTERPRETER, with the packages openai and python-dotenv; node check.ts curl

const [, , language, interpreter = ''] = process.argv;
const runner = fileURLToPath(new URL('./run_python.py', import.meta.url));
const run = promisify(execFile);

async function runPython({ folder, files, results }: Programs): Promise<void> {
  await run(interpreter, [runner, results, ...files], { cwd: folder, env: environment });
}

/** Exit codes of curl for an answer that was cut off, as some lessons want it. */
const cutOff: readonly unknown[] = [18, 52, 56];

async function runCurl({ folder, files, results }: Programs): Promise<void> {
  const ended: Ended[] = [];
  for (const file of files) {
    try {
      const { stdout } = await run(file, { cwd: folder, env: environment, maxBuffer: 2 ** 26 });
      ended.push({ threw: '', printed: stdout });
    } catch (error) {
      const { code, stderr, stdout } = error as ExecFileException;
      ended.push({ threw: cutOff.includes(code) ? '' : `${stderr}`, printed: `${stdout}` });
    }
  }
  writeFileSync(results, JSON.stringify(ended));
}

const lessons: readonly Exported[] = experiments.flatMap(({ steps, code = 'plain' }) =>
  steps.map((step) => {
    const request = typeof step.request === 'function' ? step.request([]) : step.request;
    return { step: { ...step, request }, pattern: code };
  }),
);

/** Each name that is given to Python's method, which throws for one that it does not know. */
const everyName = Object.fromEntries([...pythonParameters].map((name) => [name, null]));
const [{ model, messages }] = requestsOf(1, 0) as [ChatBody];

const exported = [
  exportedOf({ ...everyName, model, messages } as ChatBody),
  ...requestsOf(60, 20_261_124).map(exportedOf),
  ...oddlyAnswered,
  ...lessons,
];
const problems =
  language === 'python'
    ? await runExported('python', exported, runPython)
    : await runExported('curl', exported, runCurl);
for (const problem of problems) console.log(`${problem}\n`);
console.log(`${exported.length} programs run, ${problems.length} of them wrong`);
if (problems.length > 0) process.exitCode = 1;
