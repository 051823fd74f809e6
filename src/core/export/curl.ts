import { fakeKey } from '../api/client.ts';
import { openaiBaseURL } from '../api/endpoint.ts';
import { shellComment } from './fold.ts';
import { jsonSyntax, valueLines } from './literal.ts';
import { quoteShell } from './quote.ts';
import type { SnippetContext, SnippetStep } from './snippet.ts';

/** Bytes of one word that a program can be given; Linux, which allows the least, takes 131 072. */
const longestWord = 100_000;

/** The request as a command for a POSIX shell. */
export function curl({ step, baseURL, keyName, width }: SnippetContext): string {
  const { request, key, fault } = step;
  const base = baseURL ?? openaiBaseURL;
  const options = [...authorization(key, keyName), ...(fault ? [`x-practice-fault: ${fault}`] : [])];
  if (request.kind === 'model') {
    const path = `/models/${encodeURIComponent(request.model)}`;
    const words = [...address('curl', base, path, width), ...options.map((text) => header(text, width))];
    return [...note(key, width), words.join(' \\\n  ')].join('\n');
  }
  // A body is spread over lines even if it would fit on one.
  const body = valueLines(request.body, jsonSyntax, { width: width - 2, used: width });
  const command = [
    // -N: show each piece as it comes.
    ...address(request.body.stream ? 'curl -N' : 'curl', base, '/chat/completions', width),
    ...[...options, 'Content-Type: application/json'].map((text) => header(text, width)),
    ...data(body),
  ];
  return [...note(key, width), command.join(' \\\n  ')].join('\n');
}

/** The body as a word of the command, or from a here-document where it is too long for one. */
function data(body: readonly string[]): readonly string[] {
  const word = quoteShell(body.join('\n  '));
  if (Buffer.byteLength(word) <= longestWord) return [`-d ${word}`];
  // No line of JSON is this word, and in quotes it keeps the shell from expanding anything.
  return [`-d @- <<'JSON'\n${body.join('\n')}\nJSON`];
}

/** The command and its address: on one line, on two, or with the address itself broken before its path. */
function address(command: string, base: string, path: string, width: number): readonly string[] {
  const url = quoteShell(base + path);
  // Two columns are for the ` \` behind, two for the margin.
  if (command.length + 1 + url.length + 2 <= width) return [`${command} ${url}`];
  const isPlain = url === base + path;
  return [command, url.length + 4 <= width || !isPlain ? url : `${base}\\\n${path}`];
}

/** A header; where it does not fit, double quotes let its value go on in the next line. */
function header(text: string, width: number): string {
  const hasVariable = text.includes('$');
  // Double quotes, so that the shell puts the key in.
  const flat = `-H ${hasVariable ? `"${text}"` : quoteShell(text)}`;
  if (flat.length + 4 <= width) return flat;
  const at = text.lastIndexOf(' ') + 1;
  return `-H "${text.slice(0, at)}\\\n${text.slice(at)}"`;
}

function authorization(key: SnippetStep['key'], keyName: string | null): readonly string[] {
  if (key === 'fake') return [`Authorization: Bearer ${fakeKey}`];
  if (key === 'none' || key === 'no-header' || keyName === null) return [];
  return [`Authorization: Bearer $${keyName}`];
}

/** The SDK sends nothing without a key; curl has no such guard. */
const note = (key: SnippetStep['key'], width: number): readonly string[] =>
  key === 'none' ? shellComment('The SDK never sends this; curl would.', width) : [];
