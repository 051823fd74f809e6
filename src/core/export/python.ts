import { fakeKey } from '../api/client.ts';
import { noKey, openaiKeyName } from '../api/endpoint.ts';
import type { CodePattern } from '../lessons/types.ts';
import { type AnswerKind, answerKind } from './answer-kind.ts';
import { foldPython } from './fold.ts';
import { indent } from './literal.ts';
import { namedArguments, sendPython } from './python-call.ts';
import { rawTypes, whyRaw } from './python-raw.ts';
import { quotePython } from './quote.ts';
import type { SnippetContext, SnippetStep } from './snippet.ts';

/** The request as Python with the official package. */
export function python(context: SnippetContext): string {
  const { step, pattern, width } = context;
  const errors = errorsCaught(pattern, step);
  const isClientTried = pattern === 'catch' && step.key === 'none';
  const isKept = pattern === 'collect' || pattern === 'safe';
  const isStream = step.request.kind === 'chat' && step.request.body.stream === true;
  const inner = errors.length > 0 ? width - 4 : width;
  const client = makeClient(context, isClientTried ? inner : width);
  const sent = sendPython(step, inner);

  const lines = [...imports(context, errors), ''];
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

function imports(context: SnippetContext, errors: readonly string[]): readonly string[] {
  const { step, width } = context;
  const { key, request } = step;
  const raw = request.kind === 'chat' && whyRaw(request.body) !== null ? request.body : null;
  const names = [
    'OpenAI',
    ...errors,
    ...(key === 'no-header' ? ['Omit'] : []),
    ...(raw?.stream ? ['Stream'] : []),
  ].toSorted();
  return [
    ...(key === 'none' || keyExpression(context)?.startsWith('os.') ? ['import os', ''] : []),
    ...(key === 'none' ? [] : ['from dotenv import load_dotenv']),
    ...importFrom('openai', names, width),
    ...(raw ? importFrom('openai.types.chat', rawTypes(raw), width) : []),
  ];
}

function importFrom(module: string, names: readonly string[], width: number): readonly string[] {
  const flat = `from ${module} import ${names.join(', ')}`;
  if (flat.length <= width) return [flat];
  return [`from ${module} import (`, ...names.map((name) => `    ${name},`), ')'];
}

/** The key as the client is given it; null where it takes it from the environment by itself, or is to find none. */
function keyExpression({ step: { key }, keyName }: SnippetContext): string | null {
  if (key === 'fake') return quotePython(fakeKey);
  if (key === 'none') return null;
  if (keyName === null) return quotePython(noKey);
  return keyName === openaiKeyName ? null : `os.environ["${keyName}"]`;
}

function makeClient(context: SnippetContext, width: number): readonly string[] {
  const key = keyExpression(context);
  const { baseURL } = context;
  const named = [
    ...(key === null ? [] : [`api_key=${key},`]),
    ...(baseURL === null ? [] : namedArguments({ base_url: baseURL }, width - 4)),
  ];
  if (named.length === 0) return ['client = OpenAI()'];
  const flat = `client = OpenAI(${named.join(' ').replace(/,$/, '')})`;
  return flat.length <= width ? [flat] : ['client = OpenAI(', ...indent(named, 4), ')'];
}

function readAnswer({ request }: SnippetStep, isKept: boolean): readonly string[] {
  if (request.kind === 'model') return ['print(model.id)'];
  const { body } = request;
  const kind = isKept ? 'text' : answerKind(body);
  if (!body.stream) return readWhole(kind);
  return [
    'for chunk in stream:',
    ...readChunk(kind),
    ...(isKept ? ['        kept += text'] : []),
    ...(body.stream_options?.include_usage
      ? ['    if chunk.usage:', '        print("\\n", chunk.usage)']
      : []),
  ];
}

function readWhole(kind: AnswerKind): readonly string[] {
  switch (kind) {
    case 'text':
      return ['print(response.choices[0].message.content)'];
    case 'text-or-refusal':
      return [
        'if response.choices:',
        '    message = response.choices[0].message',
        '    print(message.content or message.refusal)',
        'else:',
        '    print(response)',
      ];
    case 'anything':
      return ['print(response.to_json())'];
  }
}

function readChunk(kind: AnswerKind): readonly string[] {
  switch (kind) {
    case 'text':
      return [
        '    for choice in chunk.choices:',
        '        text = choice.delta.content or ""',
        '        print(text, end="", flush=True)',
      ];
    case 'text-or-refusal':
      return [
        '    for choice in chunk.choices or []:',
        '        text = choice.delta.content or choice.delta.refusal',
        '        print(text or "", end="", flush=True)',
      ];
    case 'anything':
      return [
        '    for choice in chunk.choices or []:',
        '        print(choice.index, choice.delta.to_json(indent=None))',
      ];
  }
}

function ladder(errors: readonly string[]): readonly string[] {
  if (errors.length === 1) return [`except ${errors[0]} as error:`, '    print(error)'];
  return [
    'except RateLimitError:',
    '    print("\\nlimited: try later")',
    '# A socket cut mid-stream is one of these, too.',
    'except APIConnectionError:',
    '    print("\\nno connection")',
    'except APIError as error:',
    '    print(f"\\n{error.message}")',
  ];
}
