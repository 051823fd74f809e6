import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { saveProgram } from '../../src/core/export/save.ts';
import { type SnippetLanguage, type SnippetStep, snippet } from '../../src/core/export/snippet.ts';
import type { CodePattern } from '../../src/core/lessons/types.ts';
import { startPracticeServer } from '../../src/core/practice/server.ts';
import type { ChatBody } from '../../src/core/run/request.ts';
import { startRecorder } from './recorder.ts';

/** A request to be exported. */
export interface Exported {
  readonly step: SnippetStep;
  readonly pattern: CodePattern;
  /** The body of the answer, in place of what the practice server says. */
  readonly answer?: string;
  /** Texts that the program must print. */
  readonly shows?: readonly string[];
}

/** A request that one made without a lesson. */
export const exportedOf = (body: ChatBody): Exported => ({
  step: { request: { kind: 'chat', body } },
  pattern: 'plain',
});

/** Programs in a folder of their own, and where the one that runs them is to write how they ended. */
export interface Programs {
  readonly folder: string;
  readonly files: readonly string[];
  /** For a JSON list of `Ended`. */
  readonly results: string;
}

/** What a program threw (its class and message; empty for nothing), and what it printed. */
export interface Ended {
  readonly threw: string;
  readonly printed: string;
}

/** The variable with the key of a server that is not OpenAI. */
const serverKeyName = 'ODD_SERVER_KEY';

/** The environment of all programs; no proxy is to come between. */
export const environment = {
  ...process.env,
  OPENAI_API_KEY: 'sk-practice-exported',
  [serverKeyName]: 'sk-practice-of-a-server',
  NO_PROXY: '127.0.0.1',
  no_proxy: '127.0.0.1',
};

/** What a server that refuses a request makes an SDK throw, which is no fault of the program. */
const refused = /^(?:BadRequest|NotFound|Authentication|RateLimit|InternalServer|OpenAI|API)Error\b/;

/**
 * Exports requests, lets `run` run the programs as they were saved, against a practice server, and says of each
 * what went wrong, with its code: it sent another body than the app would, broke on the answer, or kept it back.
 */
export async function runExported(
  language: SnippetLanguage,
  exported: readonly Exported[],
  run: (programs: Programs) => Promise<void>,
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'exported-'));
  const practice = await startPracticeServer({ pace: 'instant', seed: 1, rateLimit: 'off' });
  const recorder = await startRecorder(practice.url, (program) => exported[program]?.answer);
  try {
    // What a program imports is found as in a project of the learner's own.
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    const files = exported.map(({ step, pattern }, index) => {
      const width = index % 2 ? 48 : 100;
      const place = { baseURL: recorder.urlOf(index), ...(index % 3 === 0 && { keyName: serverKeyName }) };
      const code = snippet(step, pattern, language, place, width);
      return join(folder, saveProgram(code, language, folder));
    });
    const results = join(folder, 'results.json');
    await run({ folder, files, results });
    const ends: readonly Ended[] = JSON.parse(readFileSync(results, 'utf8'));
    return exported.flatMap((each, index) => {
      const problem = problemOf(each, recorder.bodiesOf(index), ends[index]!);
      return problem ? [`${problem}\n\n${readFileSync(files[index]!, 'utf8').slice(0, 5000)}`] : [];
    });
  } finally {
    await recorder.close();
    await practice.close();
    rmSync(folder, { recursive: true });
  }
}

function problemOf(
  { step: { request, key }, shows = [] }: Exported,
  bodies: readonly string[],
  { threw, printed }: Ended,
): string | null {
  if (threw && !refused.test(threw)) return `it threw ${threw}`;
  const hidden = shows.find((text) => !printed.includes(text));
  if (hidden !== undefined) return `it did not print ${hidden}, but ${printed}`;
  if (key === 'none') return null;
  if (bodies.length === 0) return `it sent nothing; ${threw}`;
  const wanted = request.kind === 'chat' ? JSON.stringify(request.body) : '';
  const other = bodies.find(
    (body) => body !== wanted && !isDeepStrictEqual(JSON.parse(body), JSON.parse(wanted)),
  );
  return other === undefined ? null : `it sent ${other}\ninstead of ${wanted}`;
}
