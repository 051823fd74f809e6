import { fakeKey } from '../api/client.ts';
import type { CodePattern } from '../lessons/types.ts';
import { foldPython } from './fold.ts';
import { fieldLines, indent, type Syntax } from './literal.ts';
import { quotePython } from './quote.ts';
import type { SnippetContext, SnippetStep } from './snippet.ts';

const syntax: Syntax = {
  string: quotePython,
  key: quotePython,
  words: { null: 'None', true: 'True', false: 'False' },
  indent: 4,
  padding: '',
  hasTrailingComma: true,
  longString: 'parentheses',
};

/** The request as Python with the official package. */
export function python({ step, pattern, baseURL, width }: SnippetContext): string {
  const errors = errorsCaught(pattern, step);
  const isClientTried = pattern === 'catch' && step.key === 'none';
  const isKept = pattern === 'collect' || pattern === 'safe';
  const isStream = step.request.kind === 'chat' && step.request.body.stream === true;
  const inner = errors.length > 0 ? width - 4 : width;
  const client = makeClient(step, baseURL, isClientTried ? inner : width);
  const sent = send(step, inner);

  const lines = [...imports(pattern, step, errors, width), ''];
  // An empty api_key would be sent; only without the variable does the client refuse.
  lines.push(step.key === 'none' ? 'os.environ.pop("OPENAI_API_KEY", None)' : 'load_dotenv()');
  if (!isClientTried) lines.push(...client);
  if (isStream && isKept) lines.push('kept = ""');
  if (!isClientTried) lines.push('');
  const read = readAnswer(step, isKept);
  if (errors.length > 0) {
    const tried = [...(isClientTried ? client : []), ...sent, ...read];
    lines.push('try:', ...indent(tried, 4), ...ladder(errors));
  } else {
    lines.push(...sent, '', ...read);
  }
  if (isStream && isKept) lines.push('', 'print(f"\\nkept {len(kept)} characters")');
  return foldPython(lines, width).join('\n');
}

function errorsCaught(pattern: CodePattern, { key }: SnippetStep): readonly string[] {
  if (pattern === 'catch') return key === 'none' ? ['OpenAIError'] : ['AuthenticationError'];
  return pattern === 'safe' ? ['APIConnectionError', 'APIError', 'RateLimitError'] : [];
}

function imports(
  pattern: CodePattern,
  { key }: SnippetStep,
  errors: readonly string[],
  width: number,
): readonly string[] {
  const names = ['OpenAI', ...errors, ...(key === 'no-header' ? ['Omit'] : [])].toSorted();
  const flat = `from openai import ${names.join(', ')}`;
  return [
    ...(key === 'none' ? ['import os', ''] : []),
    ...(pattern === 'safe' ? ['import httpx'] : []),
    ...(key === 'none' ? [] : ['from dotenv import load_dotenv']),
    ...(flat.length <= width
      ? [flat]
      : ['from openai import (', ...names.map((name) => `    ${name},`), ')']),
  ];
}

function makeClient({ key }: SnippetStep, baseURL: string | null, width: number): readonly string[] {
  const options = { ...(key === 'fake' && { api_key: fakeKey }), ...(baseURL && { base_url: baseURL }) };
  if (Object.keys(options).length === 0) return ['client = OpenAI()'];
  const named = namedArguments(options, width - 4);
  const flat = `client = OpenAI(${named.join(' ').replace(/,$/, '')})`;
  return flat.length <= width ? [flat] : ['client = OpenAI(', ...indent(named, 4), ')'];
}

const namedArguments = (values: object, width: number): readonly string[] =>
  fieldLines(values, syntax, { width, key: (name) => name, separator: '=' });

function send(step: SnippetStep, width: number): readonly string[] {
  const { request } = step;
  if (request.kind === 'model') {
    const model = quotePython(request.model);
    const options = headers(step);
    if (options.length === 0) return [`model = client.models.retrieve(${model})`];
    return ['model = client.models.retrieve(', ...indent([`${model},`, ...options], 4), ')'];
  }
  const { body } = request;
  const name = body.stream ? 'stream' : 'response';
  const call = `${name} = client.chat.completions.create(`;
  return [
    ...(call.length <= width ? [call] : ['chat = client.chat.completions', `${name} = chat.create(`]),
    ...indent([...namedArguments(body, width - 4), ...headers(step)], 4),
    ')',
  ];
}

function headers({ key, fault }: SnippetStep): readonly string[] {
  const names = [
    ...(key === 'no-header' ? ['"Authorization": Omit()'] : []),
    ...(fault ? [`"x-practice-fault": ${quotePython(fault)}`] : []),
  ];
  return names.length > 0 ? ['extra_headers={', ...names.map((name) => `    ${name},`), '},'] : [];
}

function readAnswer({ request }: SnippetStep, isKept: boolean): readonly string[] {
  if (request.kind === 'model') return ['print(model.id)'];
  const { body } = request;
  if (!body.stream) return [`print(response.choices[0].message${body.tools ? '' : '.content'})`];
  return [
    'for chunk in stream:',
    '    for choice in chunk.choices:',
    '        text = choice.delta.content or ""',
    '        print(text, end="", flush=True)',
    ...(isKept ? ['        kept += text'] : []),
    ...(body.stream_options?.include_usage
      ? ['    if chunk.usage:', '        print("\\n", chunk.usage)']
      : []),
  ];
}

function ladder(errors: readonly string[]): readonly string[] {
  if (errors.length === 1) return [`except ${errors[0]} as error:`, '    print(error)'];
  return [
    'except RateLimitError:',
    '    print("\\nlimited: try later")',
    'except APIConnectionError:',
    '    print("\\nno connection")',
    'except APIError as error:',
    '    print(f"\\n{error.message}")',
    '# A cut socket is no APIConnectionError.',
    'except httpx.TransportError:',
    '    print("\\ncut off mid-stream")',
  ];
}
