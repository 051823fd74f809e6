import { execFile } from 'node:child_process';
import { stripTypeScriptTypes } from 'node:module';
import OpenAI, * as sdk from 'openai';

/** One request as a server would get it. */
interface Sent {
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
}

type Reply = (sent: Sent) => Response | Promise<Response>;

const completion = { object: 'chat.completion', choices: [{ index: 0, message: { content: 'ok' } }] };
const delta = { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'ok' } }] };

/** An answer of the kind that was asked for. */
const answer: Reply = ({ body }) =>
  (body as { stream?: boolean } | null)?.stream
    ? new Response(`data: ${JSON.stringify(delta)}\n\ndata: [DONE]\n\n`, {
        headers: { 'content-type': 'text/event-stream' },
      })
    : Response.json(body ? completion : { object: 'model', id: 'gpt-4o-mini' });

/**
 * Runs a TypeScript snippet with the real SDK, whose requests end here instead of on a network.
 * Gives what it sent and what it printed.
 */
export async function runTypeScript(code: string, reply: Reply = answer) {
  const sent: Sent[] = [];
  let printed = '';
  const print = (...values: unknown[]) => {
    printed += `${values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(' ')}\n`;
  };
  class Client extends OpenAI {
    constructor(options: { apiKey?: string; baseURL?: string } = {}) {
      super({
        ...options,
        // As if the environment held this key and nothing else.
        apiKey: options.apiKey ?? 'sk-of-the-environment',
        adminAPIKey: null,
        baseURL: options.baseURL ?? 'https://api.openai.com/v1',
        logLevel: 'off',
        maxRetries: 0,
        fetch: async (url, init) => {
          const request = {
            url: String(url),
            headers: new Headers(init?.headers),
            body: init?.body ? JSON.parse(String(init.body)) : null,
          };
          sent.push(request);
          return reply(request);
        },
      });
    }
  }
  const imports = /^import (?:'[^']+'|[^']+ from '[^']+');\n/gm;
  const named = [...code.matchAll(/\{([^}]*)\} from 'openai'/g)].flatMap(
    ([, names]) => names!.match(/\w+/g) ?? [],
  );
  const scope: Record<string, unknown> = {
    OpenAI: Client,
    console: { log: print, error: print },
    process: { env: process.env, stdout: { write: (text: string) => (printed += text) } },
    ...Object.fromEntries(named.map((name) => [name, (sdk as Record<string, unknown>)[name]])),
  };
  const source = stripTypeScriptTypes(code.replace(imports, ''));
  const run = new Function(...Object.keys(scope), `return (async () => {${source}\n})()`);
  await run(...Object.values(scope));
  return { sent, printed };
}

/** The words that a POSIX shell hands to `curl` for a snippet, and behind them its standard input if it is to be read. */
export function curlArguments(code: string): Promise<readonly string[]> {
  // Words of a shell hold no zero byte, so one can stand between them.
  const input = `case "$*" in *' -d @-') printf '%s\\0' "$(cat)"; esac`;
  const script = `curl() { printf '%s\\0' "$@"; ${input}; }\n${code}\n`;
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', script], { env: { OPENAI_API_KEY: 'sk-of-$the-env' } }, (error, stdout) =>
      error ? reject(error) : resolve(stdout.split('\0').slice(0, -1)),
    );
  });
}

/** The JSON body among curl's words, or behind them. */
export function bodyOf(words: readonly string[]): unknown {
  const at = words.indexOf('-d');
  if (at < 0) return null;
  return JSON.parse(words[words[at + 1] === '@-' ? at + 2 : at + 1]!);
}

/** The body that a Python snippet sends: of named arguments and `extra_body`, or as JSON text. */
export function pythonBody(code: string): unknown {
  const [, raw] = /^body = r"""\n(.*?)\n"""$/ms.exec(code) ?? [];
  if (raw !== undefined) return JSON.parse(raw);
  const { extra_headers: _, extra_body: more, ...body } = pythonArguments(code);
  return { ...body, ...(more as object) };
}

/**
 * Reads the named arguments of the first Python call that ends in `.create(` or the like, as Python would: a
 * strict reader of the few forms that snippets use, and of nothing else.
 */
export function pythonArguments(code: string): Record<string, unknown> {
  const start = code.search(/\.create\(/);
  const tokens = tokensOf(code.slice(code.indexOf('(', start) + 1));
  const result: Record<string, unknown> = {};
  while (tokens.peek() !== ')') {
    const name = tokens.next();
    tokens.expect('=');
    result[name] = value();
    if (tokens.peek() === ',') tokens.next();
  }
  return result;

  function value(): unknown {
    const token = tokens.next();
    if (token === '{') {
      const entries: [string, unknown][] = [];
      while (tokens.peek() !== '}') {
        const key = unquote(tokens.next());
        tokens.expect(':');
        entries.push([key, value()]);
        if (tokens.peek() === ',') tokens.next();
      }
      tokens.expect('}');
      return Object.fromEntries(entries);
    }
    if (token === '[') {
      const items: unknown[] = [];
      while (tokens.peek() !== ']') {
        items.push(value());
        if (tokens.peek() === ',') tokens.next();
      }
      tokens.expect(']');
      return items;
    }
    if (token === '(') {
      let text = '';
      while (tokens.peek() !== ')') text += unquote(tokens.next());
      tokens.expect(')');
      return text;
    }
    if (token === 'None') return null;
    if (token === 'True' || token === 'False') return token === 'True';
    if (token === 'Omit') {
      tokens.expect('(');
      tokens.expect(')');
      return undefined;
    }
    return /^["']/.test(token) ? unquote(token) : Number(token);
  }
}

function tokensOf(code: string) {
  const pattern = /\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\w.+-]+|[=:,()[\]{}])/y;
  const read = (): string => {
    const match = pattern.exec(code);
    if (!match) throw new SyntaxError(`not Python that a snippet uses: ${code.slice(pattern.lastIndex, 40)}`);
    return match[1]!;
  };
  let ahead = read();
  return {
    peek: () => ahead,
    next: () => {
      const token = ahead;
      ahead = read();
      return token;
    },
    expect: (wanted: string) => {
      if (ahead !== wanted) throw new SyntaxError(`expected ${wanted}, found ${ahead}`);
      if (wanted !== ')' || pattern.lastIndex < code.length) ahead = read();
    },
  };
}

/** A Python string literal's text. An escape that Python would not know is an error here. */
function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/\\(U[0-9a-f]{8}|u[0-9a-f]{4}|["'\\nrt]|.)/g, (_, escaped: string) => {
    const plain: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', "'": "'", '\\': '\\' };
    if (escaped.length > 1) return String.fromCodePoint(Number.parseInt(escaped.slice(1), 16));
    if (plain[escaped] === undefined) throw new SyntaxError(`\\${escaped}`);
    return plain[escaped];
  });
}
