import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type SnippetLanguage, type SnippetStep, snippet } from '../../../src/core/export/snippet.ts';
import { experiments, findExperiment } from '../../../src/core/lessons/index.ts';
import type { CodePattern } from '../../../src/core/lessons/types.ts';
import { bodyOf, curlArguments, pythonArguments, pythonBody, runTypeScript } from './languages.ts';

const openai = { baseURL: 'https://api.openai.com/v1' };
const practice = { baseURL: 'http://127.0.0.1:43127/v1' };
const languages: readonly SnippetLanguage[] = ['typescript', 'python', 'curl'];

const cases = experiments.flatMap((experiment) =>
  experiment.steps.map((step) => {
    const earlier = [{ text: 'It\'s the "Senso-ji".' }, { text: 'Soba;\n$HOME and `date`.' }];
    const request = typeof step.request === 'function' ? step.request(earlier) : step.request;
    const resolved: SnippetStep = { ...step, request };
    return [`${experiment.id} ${step.id}`, resolved, experiment.code ?? 'plain'] as const;
  }),
);

/** A step as of 1a to 3e, by experiment and number. */
function stepOf(id: string, index: number): SnippetStep {
  const step = findExperiment(id)!.steps[index]!;
  return { ...step, request: typeof step.request === 'function' ? step.request([]) : step.request };
}

const bodyOfStep = ({ request }: SnippetStep) => (request.kind === 'chat' ? request.body : null);

describe.each(cases)('%s', (_, step, pattern) => {
  test('the TypeScript runs and sends this very request', async () => {
    const { sent, printed } = await runTypeScript(snippet(step, pattern, 'typescript', practice));
    if (step.key === 'none') {
      expect(sent).toHaveLength(0);
      expect(printed).toContain('Missing credentials');
      return;
    }
    expect(sent).toHaveLength(1);
    expect(sent[0]!.body).toEqual(bodyOfStep(step));
    expect(sent[0]!.url).toBe(
      `${practice.baseURL}/${step.request.kind === 'chat' ? 'chat/completions' : 'models/gpt-4o-mini'}`,
    );
    const keys = { own: 'sk-of-the-environment', fake: 'sk-fake-key-12345', 'no-header': null };
    const key = keys[step.key ?? 'own'];
    expect(sent[0]!.headers.get('authorization')).toBe(key && `Bearer ${key}`);
    expect(sent[0]!.headers.get('x-practice-fault')).toBe(step.fault ?? null);
    expect(printed).toContain(step.request.kind === 'chat' ? 'ok' : 'gpt-4o-mini');
  });

  test('the shell hands curl this very request', async () => {
    const code = snippet(step, pattern, 'curl', practice);
    const words = await curlArguments(code);
    expect(bodyOf(words)).toEqual(bodyOfStep(step));
    expect(words.includes('-N')).toBe(bodyOfStep(step)?.stream === true);
    const keys = { own: 'sk-of-$the-env', fake: 'sk-fake-key-12345', 'no-header': null, none: null };
    const key = keys[step.key ?? 'own'];
    expect(words.filter((word) => word.startsWith('Authorization'))).toEqual(
      key ? [`Authorization: Bearer ${key}`] : [],
    );
    expect(words.includes(`x-practice-fault: ${step.fault}`)).toBe(step.fault !== undefined);
  });

  test('the Python says the same', () => {
    const code = snippet(step, pattern, 'python', practice);
    if (step.request.kind === 'model') {
      expect(code).toContain('client.models.retrieve("gpt-4o-mini")');
      return;
    }
    const { extra_headers: headers, ...body } = pythonArguments(code);
    expect(body).toEqual(bodyOfStep(step));
    expect(headers).toEqual(
      step.key === 'no-header'
        ? { Authorization: undefined }
        : step.fault
          ? { 'x-practice-fault': step.fault }
          : undefined,
    );
  });

  test('the code fits beside the lesson', () => {
    const isLong = (line: string) => line.length > 48;
    expect(snippet(step, pattern, 'typescript', openai).split('\n').filter(isLong)).toEqual([]);
    expect(snippet(step, pattern, 'python', openai).split('\n').filter(isLong)).toEqual([]);
  });
});

/** What cannot be broken: a literal with what belongs to it, or one word. */
const isSingle = (line: string): boolean =>
  /^(?:[\w$-]+[:=] ?)?(?:f?"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\S+)[,;]?$/.test(
    line.trim(),
  );

/** A line of a JSON body, whose strings have no second line to go on. */
const isJsonString = (line: string): boolean => /^ *"[^"]+": (?:"|\["|'\\'')/.test(line) || isSingle(line);

describe.each([32, 45, 54, 74])('%s columns', (width) => {
  const write = (language: SnippetLanguage, [, step, pattern]: (typeof cases)[number], place = practice) =>
    snippet(step, pattern, language, place, width);

  test.each([practice, openai])('no line is longer, unless by a single word or literal', (place) => {
    for (const each of cases) {
      for (const language of languages) {
        const isWhole = language === 'curl' ? isJsonString : isSingle;
        const long = write(language, each, place)
          .split('\n')
          .filter((line) => line.length > width && !isWhole(line));
        expect(long, `${each[0]} ${language}`).toEqual([]);
      }
    }
  });

  test('the TypeScript still sends this very request', async () => {
    for (const each of cases) {
      const { sent } = await runTypeScript(write('typescript', each));
      const [, step] = each;
      expect(sent.map(({ body }) => body)).toEqual(step.key === 'none' ? [] : [bodyOfStep(step)]);
    }
  });

  test('the shell still hands curl the same words', async () => {
    for (const each of cases) {
      const [, step, pattern] = each;
      const [words, usual] = await Promise.all([
        curlArguments(write('curl', each)),
        curlArguments(snippet(step, pattern, 'curl', practice)),
      ]);
      expect(bodyOf(words)).toEqual(bodyOfStep(step));
      const head = (all: readonly string[]) => all.filter((_, at) => all[at - 1] !== '-d');
      expect(head(words)).toEqual(head(usual));
      expect(write('curl', each)).not.toMatch(/^ *\\$/m);
    }
  });

  test('the Python still says the same', () => {
    for (const each of cases) {
      if (each[1].request.kind === 'model') continue;
      expect(pythonBody(write('python', each))).toEqual(bodyOfStep(each[1]));
    }
  });
});

test.each(languages)('%s: OpenAI’s own base URL goes unsaid where the SDK knows it', (language) => {
  const code = snippet(stepOf('2a', 0), 'plain', language, { baseURL: 'https://api.openai.com/v1/' });
  expect(code.includes('api.openai.com')).toBe(language === 'curl');
  expect(code).not.toContain('v1//');
});

test.each(languages)('%s: no key ever stands in the code, but the fake one', (language) => {
  for (const [, step, pattern] of cases) {
    const keys = snippet(step, pattern, language, practice).match(/sk-[\w-]+/g) ?? [];
    expect(keys).toEqual(step.key === 'fake' ? ['sk-fake-key-12345'] : []);
  }
});

describe('the key of another server', () => {
  const server = { baseURL: 'http://localhost:8000/v1', keyName: 'MY_SERVER_KEY' };
  const keyless = { ...server, keyName: null };
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test.each(languages)('%s: comes from its own variable, in however narrow a place', (language) => {
    for (const [, step, pattern] of cases) {
      const own =
        step.key !== 'fake' && step.key !== 'none' && !(language === 'curl' && step.key === 'no-header');
      for (const width of [32, 74]) {
        const code = snippet(step, pattern, language, server, width);
        expect(code.includes('MY_SERVER_KEY')).toBe(own);
        if (own) expect(code).not.toContain('OPENAI_API_KEY');
      }
    }
  });

  test('is what the program sends; where it is not set, the one of OpenAI does not go in its place', async () => {
    const code = snippet(stepOf('2a', 0), 'plain', 'typescript', server);
    vi.stubEnv('MY_SERVER_KEY', 'of-the-server');
    const { sent } = await runTypeScript(code);
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer of-the-server']);
    vi.stubEnv('MY_SERVER_KEY', undefined);
    await expect(runTypeScript(code)).rejects.toThrow(/OPENAI_API_KEY/);
  });

  test('is not asked for where there is none', async () => {
    const [ts, python, curl] = languages.map((language) =>
      snippet(stepOf('2a', 0), 'plain', language, keyless),
    );
    const { sent } = await runTypeScript(ts!);
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer unused']);
    expect(python).toContain(
      'client = OpenAI(\n    api_key="unused",\n    base_url="http://localhost:8000/v1",\n)',
    );
    expect(curl).not.toContain('Authorization');
  });
});

test('2a reads as one would write it', () => {
  expect(snippet(stepOf('2a', 0), 'plain', 'typescript', openai)).toBe(
    `import 'dotenv/config';
import OpenAI from 'openai';

const client = new OpenAI();

const response = await client.chat.completions
  .create({
    model: 'gpt-4o-mini',
    messages: [{
      role: 'user',
      content: 'What is an API? One sentence.',
    }],
  });

const { message } = response.choices[0];
console.log(message.content);`,
  );
});

describe('what the code does with an answer', () => {
  const chunk = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
  const stream = (body: BodyInit) => new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  const error = (status: number) => Response.json({ error: { message: 'No.', code: 'x' } }, { status });
  const run = (id: string, pattern: CodePattern, reply: () => Response) =>
    runTypeScript(snippet(stepOf(id, 0), pattern, 'typescript', openai), reply);

  test('collect keeps all that it showed', async () => {
    const { printed } = await run('3c', 'collect', () =>
      stream(`${chunk('one ')}${chunk('two')}data: [DONE]\n\n`),
    );
    expect(printed).toBe('one two\nkept 7 characters\n');
  });

  test('a usage chunk without choices is printed, not tripped over', async () => {
    const usage = 'data: {"choices":[],"usage":{"total_tokens":40}}\n\n';
    const code = snippet(stepOf('3e', 1), 'plain', 'typescript', openai);
    const { printed } = await runTypeScript(code, () => stream(`${chunk('g')}${usage}data: [DONE]\n\n`));
    expect(printed).toContain('{"total_tokens":40}');
  });

  test('catch names a refused key and passes on everything else', async () => {
    expect((await run('1b', 'catch', () => error(401))).printed).toBe('401 No.\n');
    await expect(run('1b', 'catch', () => error(500))).rejects.toThrow('500 No.');
  });

  test.each([
    ['a rate limit', () => error(429), 'limited: try later', 0],
    ['another error status', () => error(500), '500 No.', 0],
    [
      'an error sent mid-stream',
      () => stream(`${chunk('half')}data: {"error":{"message":"Down."}}\n\n`),
      'Down.',
      4,
    ],
    ['no connection', () => Promise.reject(new TypeError('fetch failed')), 'no connection', 0],
    [
      'a cut socket',
      () => {
        let isFirst = true;
        const pull = (controller: ReadableStreamDefaultController) => {
          if (isFirst) controller.enqueue(new TextEncoder().encode(chunk('half')));
          else controller.error(new TypeError('terminated'));
          isFirst = false;
        };
        return stream(new ReadableStream({ pull }));
      },
      'cut off mid-stream',
      4,
    ],
  ])('safe survives %s and keeps what came', async (_, reply, said, kept) => {
    const { printed } = await run('3d', 'safe', reply as () => Response);
    expect(printed).toContain(said);
    expect(printed).toContain(`kept ${kept} characters`);
  });

  test('safe does not swallow a bug', async () => {
    const reply = () => stream(`data: {broken\n\n`);
    await expect(run('3d', 'safe', reply)).rejects.toThrow(SyntaxError);
  });
});

describe('any text survives', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom("'", '"', '\\', '\n', '\r', '$', '`', '{', '}', ' ', '!', '%', '@', 'é', '🦜'),
    }),
    fc.string({
      unit: fc.constantFrom('\u202e', '\u2028', '\u0000', '\u001b', '\ufeff', '\ud83e', '\u{e0041}', 'a '),
    }),
  );
  const step = (content: string): SnippetStep => ({
    request: {
      kind: 'chat',
      body: { model: 'm', messages: [{ role: 'user', content }], stop: [content, 'x'] },
    },
  });
  const write = (content: string, language: SnippetLanguage) =>
    snippet(step(content), 'plain', language, openai);

  test('in TypeScript', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, async (content) => {
        const { sent } = await runTypeScript(write(content, 'typescript'));
        expect(sent[0]!.body).toEqual(bodyOfStep(step(content)));
      }),
    );
  });

  test('in Python', () => {
    fc.assert(
      fc.property(nasty, (content) => {
        expect(pythonBody(write(content, 'python'))).toEqual(bodyOfStep(step(content)));
      }),
    );
  });

  test('in a shell', async () => {
    await fc.assert(
      fc.asyncProperty(nasty, async (content) => {
        expect(bodyOf(await curlArguments(write(content, 'curl')))).toEqual(bodyOfStep(step(content)));
      }),
      { numRuns: 40 },
    );
  });

  test('and is never obeyed or hidden where the code is shown', () => {
    fc.assert(
      fc.property(nasty, fc.constantFrom(...languages), (content, language) => {
        expect(write(content, language)).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
        );
      }),
    );
  });

  test('and so does every other JSON value, whatever its name', async () => {
    const value = fc.jsonValue({ maxDepth: 3, depthSize: 'small' });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), value), async (metadata) => {
        const body = { model: 'm', messages: [{ role: 'user', content: 'Hi' }], metadata } as never;
        const code = snippet({ request: { kind: 'chat', body } }, 'plain', 'typescript', openai);
        const sent = JSON.parse(JSON.stringify(body));
        expect((await runTypeScript(code)).sent[0]!.body).toEqual(sent);
        const python = snippet({ request: { kind: 'chat', body } }, 'plain', 'python', openai);
        expect(pythonBody(python)).toEqual(sent);
      }),
    );
  });

  test('even a field called like the prototype', async () => {
    const metadata = JSON.parse('{"__proto__":{"a":1},"constructor":"b","two words":"c"}');
    const body = { model: 'm', messages: [{ role: 'user', content: 'Hi' }], metadata } as never;
    const code = snippet({ request: { kind: 'chat', body } }, 'plain', 'typescript', openai);
    const { sent } = await runTypeScript(code);
    expect(JSON.stringify(sent[0]!.body)).toBe(JSON.stringify(body));
  });
});

describe('a request that is no lesson’s', () => {
  const hi = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] };
  const write = (more: object, language: SnippetLanguage) =>
    snippet({ request: { kind: 'chat', body: { ...hi, ...more } as never } }, 'plain', language, openai, 80);

  test('what the Python package does not know by name goes in beside the rest', () => {
    expect(write({ top_k: undefined }, 'python')).not.toContain('extra_body');
    const code = write({ top_p: 0.5, top_k: 40, lambda: [1], timeout: 5, extra_body: {} }, 'python');
    expect(pythonArguments(code)).toEqual({
      ...hi,
      top_p: 0.5,
      extra_body: { top_k: 40, lambda: [1], timeout: 5, extra_body: {} },
    });
  });

  test.each([
    ['half a character', { messages: [{ role: 'user', content: '\ud83e' }] }],
    ['half a character in a name', { metadata: { '\ud83e': 'a' } }],
    ['deep nesting', { metadata: JSON.parse(`${'['.repeat(65)}${']'.repeat(65)}`) }],
    ['no model', { model: undefined }],
  ])('what Python cannot say as arguments goes as JSON: %s', (_, more) => {
    const code = write(more, 'python');
    expect(code).toContain('response = client.post(');
    expect(code).toMatch(/^# .+[.]$/m);
    expect(pythonBody(code)).toEqual(JSON.parse(JSON.stringify({ ...hi, ...more })));
    expect(write({ ...more, stream: true }, 'python')).toContain('stream_cls=Stream[ChatCompletionChunk],');
  });

  test('an empty text behind a long name stays', async () => {
    const metadata = { ['long '.repeat(20)]: '' };
    expect((await runTypeScript(write({ metadata }, 'typescript'))).sent[0]!.body).toEqual({
      ...hi,
      metadata,
    });
    expect(pythonBody(write({ metadata }, 'python'))).toEqual({ ...hi, metadata });
  });

  test('a body too long for one word of a command is handed to curl on standard input', async () => {
    const messages = [{ role: 'user', content: "it's $HOME ".repeat(10_000) }];
    const words = await curlArguments(write({ messages }, 'curl'));
    expect(words).toContain('@-');
    expect(bodyOf(words)).toEqual({ ...hi, messages });
  });
});
