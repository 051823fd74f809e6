import { fakeKey } from '../api/client.ts';
import { noKey, openaiKeyName } from '../api/endpoint.ts';
import type { CodePattern } from '../lessons/types.ts';
import type { ChatBody } from '../run/request.ts';
import { type AnswerKind, answerKind } from './answer-kind.ts';
import { foldTypeScript } from './fold.ts';
import { fieldLines, indent, type Syntax, valueLines } from './literal.ts';
import { quoteJs } from './quote.ts';
import type { SnippetContext, SnippetStep } from './snippet.ts';

const syntax: Syntax = {
  string: quoteJs,
  // A plain `__proto__` would set the prototype instead of a field.
  key: (name) =>
    name === '__proto__' ? "['__proto__']" : /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoteJs(name),
  words: { null: 'null', true: 'true', false: 'false' },
  indent: 2,
  padding: ' ',
  hasTrailingComma: true,
  longString: 'plus',
};

/** The request as TypeScript with the official SDK. */
export function typescript(context: SnippetContext): string {
  const { step, pattern, width } = context;
  const errors = errorsCaught(pattern, step);
  // Without a key, it is the client that throws.
  const isClientTried = pattern === 'catch' && step.key === 'none';
  const client = makeClient(context, isClientTried ? width - 2 : width);
  const isKept = pattern === 'collect' || pattern === 'safe';
  const isStream = step.request.kind === 'chat' && step.request.body.stream === true;
  const inner = errors.length > 0 ? width - 2 : width;
  const send = step.request.kind === 'chat' ? ask(step, step.request.body, inner) : card(step, inner);
  const read = readAnswer(step, isKept, inner);

  const lines = ["import 'dotenv/config';", ...imports(errors, width), ''];
  if (!isClientTried) lines.push(...client);
  if (isStream && isKept) lines.push("let kept = '';");
  if (!isClientTried) lines.push('');
  if (errors.length > 0) {
    const tried = [...(isClientTried ? client : []), ...send, ...read];
    lines.push('try {', ...indent(tried, 2), '} catch (error) {', ...indent(ladder(errors), 2), '}');
  } else {
    lines.push(...send, '', ...read);
  }
  if (isStream && isKept) lines.push('', `console.log(\`\\nkept \${kept.length} characters\`);`);
  return foldTypeScript(lines, width).join('\n');
}

function errorsCaught(pattern: CodePattern, { key }: SnippetStep): readonly string[] {
  if (pattern === 'catch') return key === 'none' ? ['OpenAIError'] : ['AuthenticationError'];
  return pattern === 'safe' ? ['RateLimitError', 'APIConnectionError', 'APIError'] : [];
}

function imports(errors: readonly string[], width: number): readonly string[] {
  if (errors.length === 0) return ["import OpenAI from 'openai';"];
  const flat = `import OpenAI, { ${errors.join(', ')} } from 'openai';`;
  if (flat.length <= width) return [flat];
  return ['import OpenAI, {', ...errors.toSorted().map((name) => `  ${name},`), "} from 'openai';"];
}

function makeClient(context: SnippetContext, width: number): readonly string[] {
  const key = keyExpression(context);
  const { baseURL } = context;
  const fields = [
    ...(key === null ? [] : [`apiKey: ${key},`]),
    ...(baseURL === null ? [] : fieldLines({ baseURL }, syntax, { width: width - 2 })),
  ];
  if (fields.length === 0) return ['const client = new OpenAI();'];
  const flat = `const client = new OpenAI({ ${fields.join(' ').replace(/,$/, '')} });`;
  return flat.length <= width ? [flat] : ['const client = new OpenAI({', ...indent(fields, 2), '});'];
}

/** The key as the client is given it; null where it takes it from the environment by itself. */
function keyExpression({ step: { key }, keyName }: SnippetContext): string | null {
  if (key === 'fake') return quoteJs(fakeKey);
  // Empty: were it left out, or undefined, the client would take the one of OpenAI.
  if (key === 'none') return "''";
  if (keyName === null) return quoteJs(noKey);
  return keyName === openaiKeyName ? null : `process.env.${keyName} ?? ''`;
}

function card({ request, ...step }: SnippetStep, width: number): readonly string[] {
  const model = quoteJs(request.kind === 'model' ? request.model : '');
  const options = headers(step);
  const call = options
    ? [
        '.retrieve(',
        `  ${model},`,
        ...indent(around('', valueLines(options, syntax, { width: width - 4 }), ','), 2),
        ');',
      ]
    : [`.retrieve(${model});`];
  return ['const model = await client.models', ...indent(call, 2)];
}

function ask(step: SnippetStep, body: ChatBody, width: number): readonly string[] {
  const options = headers(step);
  const call = options
    ? [
        '.create(',
        ...indent(around('', valueLines(body, syntax, { width: width - 4 }), ','), 2),
        ...indent(around('', valueLines(options, syntax, { width: width - 4 }), ','), 2),
        ');',
      ]
    : around('.create(', valueLines(body, syntax, { width: width - 2, used: '.create('.length }), ');');
  const name = `const ${body.stream ? 'stream' : 'response'} = await client`;
  if (`${name}.chat.completions`.length <= width) return [`${name}.chat.completions`, ...indent(call, 2)];
  return [name, ...indent(['.chat.completions', ...call], 2)];
}

function headers({ key, fault }: Pick<SnippetStep, 'key' | 'fault'>): object | null {
  if (key !== 'no-header' && !fault) return null;
  return {
    headers: {
      ...(key === 'no-header' && { Authorization: null }),
      ...(fault && { 'x-practice-fault': fault }),
    },
  };
}

function readAnswer({ request }: SnippetStep, isKept: boolean, width: number): readonly string[] {
  if (request.kind === 'model') return ['console.log(model.id);'];
  const { body } = request;
  const kind = isKept ? 'text' : answerKind(body);
  if (!body.stream) return readWhole(kind);
  const hasUsage = body.stream_options?.include_usage === true;
  const chunk = `const { choices${hasUsage ? ', usage' : ''} }`;
  const loop = `for await (${chunk} of stream) {`;
  return [
    ...(loop.length <= width ? [loop] : ['for await (', `  ${chunk}`, '  of stream', ') {']),
    ...readChunk(kind, isKept),
    ...(hasUsage ? ["  if (usage) console.log('\\n', usage);"] : []),
    '}',
  ];
}

function readWhole(kind: AnswerKind): readonly string[] {
  switch (kind) {
    case 'text':
      return ['const { message } = response.choices[0];', 'console.log(message.content);'];
    case 'text-or-refusal':
      return [
        'const message = response.choices?.[0]?.message;',
        'console.log(message?.content ?? message?.refusal ?? response);',
      ];
    case 'anything':
      // All of it as JSON, since console.log hides what lies deep.
      return ['console.log(JSON.stringify(response, null, 2));'];
  }
}

function readChunk(kind: AnswerKind, isKept: boolean): readonly string[] {
  switch (kind) {
    case 'text':
      return [
        '  const text = choices[0]?.delta.content;',
        ...(isKept
          ? ['  if (text) {', '    process.stdout.write(text);', '    kept += text;', '  }']
          : ['  if (text) process.stdout.write(text);']),
      ];
    case 'text-or-refusal':
      return [
        '  const delta = choices?.[0]?.delta;',
        '  const text = delta?.content ?? delta?.refusal;',
        '  if (text) process.stdout.write(text);',
      ];
    case 'anything':
      return [
        '  for (const { index, delta } of choices ?? [])',
        '    console.log(index, JSON.stringify(delta));',
      ];
  }
}

/** One branch an error, special classes before general ones, and what is not known is thrown on. */
function ladder(errors: readonly string[]): readonly string[] {
  const [only = ''] = errors;
  if (errors.length === 1) {
    return [`if (error instanceof ${only})`, '  console.error(error.message);', 'else throw error;'];
  }
  return [
    'if (error instanceof RateLimitError)',
    "  console.error('\\nlimited: try later');",
    'else if (error instanceof APIConnectionError)',
    "  console.error('\\nno connection');",
    'else if (error instanceof APIError)',
    `  console.error(\`\\n\${error.message}\`);`,
    '// A cut socket is no APIConnectionError.',
    'else if (error instanceof TypeError)',
    "  console.error('\\ncut off mid-stream');",
    'else throw error;',
  ];
}

/** Text put before the first and behind the last of some lines. */
function around(before: string, lines: readonly string[], after: string): readonly string[] {
  return lines.map(
    (line, index) => (index === 0 ? before : '') + line + (index === lines.length - 1 ? after : ''),
  );
}
