import { fakeKey } from '../api/client.ts';
import { openaiBaseURL } from '../api/endpoint.ts';
import { type Syntax, valueLines } from './literal.ts';
import { quoteJson, quoteShell } from './quote.ts';
import type { SnippetContext, SnippetStep } from './snippet.ts';

const syntax: Syntax = {
  string: quoteJson,
  key: quoteJson,
  words: { null: 'null', true: 'true', false: 'false' },
  indent: 2,
  padding: '',
  hasTrailingComma: false,
  longString: null,
};

/** The request as a command for a POSIX shell. */
export function curl({ step, baseURL }: SnippetContext): string {
  const { request, key, fault } = step;
  const base = baseURL ?? openaiBaseURL;
  const options = [
    ...authorization(key),
    ...(fault ? [`-H ${quoteShell(`x-practice-fault: ${fault}`)}`] : []),
  ];
  if (request.kind === 'model') {
    const url = `${base}/models/${encodeURIComponent(request.model)}`;
    return [note(key), [`curl ${quoteShell(url)}`, ...options].join(' \\\n  ')].join('');
  }
  // A body is spread over lines even if it would fit on one.
  const body = valueLines(request.body, syntax, { width: 46, used: 46 });
  const command = [
    // -N: show each piece as it comes.
    `curl ${request.body.stream ? '-N ' : ''}${quoteShell(`${base}/chat/completions`)}`,
    ...options,
    "-H 'Content-Type: application/json'",
    `-d ${quoteShell(body.join('\n  '))}`,
  ];
  return [note(key), command.join(' \\\n  ')].join('');
}

function authorization(key: SnippetStep['key']): readonly string[] {
  if (key === 'none' || key === 'no-header') return [];
  if (key === 'fake') return [`-H ${quoteShell(`Authorization: Bearer ${fakeKey}`)}`];
  // Double quotes, so that the shell puts the key in.
  return ['-H "Authorization: Bearer $OPENAI_API_KEY"'];
}

/** The SDK sends nothing without a key; curl has no such guard. */
const note = (key: SnippetStep['key']): string =>
  key === 'none' ? '# The SDK never sends this; curl would.\n' : '';
