import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findKeys } from '../../src/core/api/keys.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { DoctorReport } from '../../src/core/doctor/examine.ts';
import { createRedactor } from '../../src/core/mask.ts';
import { main } from '../../src/main.ts';
import { key, keyOf, otherKey } from '../core/doctor/world.ts';
import { serve } from '../helpers/body-server.ts';

/** What the processes of a test get: a git without settings of this machine, and nothing about OpenAI. */
const cleanEnv = { PATH: process.env.PATH ?? '', GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1' };

const hasGit = spawnSync('git', ['--version']).status === 0;
if (!hasGit) console.warn('git is not installed: what needs it is skipped');

const isWindows = process.platform === 'win32';

/** A temporary folder with these files, which only the owner may read. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  }
  return folder;
}

function git(folder: string, ...args: readonly string[]): void {
  execFileSync('git', args, { cwd: folder, env: cleanEnv });
}

/** Runs `first-token doctor` in a folder, in this process. */
async function doctor(
  cwd: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  signal = new AbortController().signal,
) {
  const world = { ...cleanEnv, ...env };
  const keys = findKeys({ env: world, cwd, readFile: (path) => readFileSync(path, 'utf8') });
  let out = '';
  let err = '';
  const code = await main({
    argv: ['doctor', ...args],
    env: world,
    stdin: {},
    openKeyboard: () => null,
    stdout: {
      write: (text) => {
        out += text;
      },
    },
    stderr: {
      write: (text) => {
        err += text;
      },
    },
    clock: systemClock,
    keys,
    redact: createRedactor(keys.secrets),
    readStdin: () => Promise.reject(new Error('nothing is read')),
    catchInterrupt: () => signal,
    keepGoing: () => {},
    onCrash: () => {},
  });
  return { code, out, err };
}

/** The report, and what in it is not fine, as `level check`. */
async function report(cwd: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const { code, out } = await doctor(cwd, ['--json', ...args], env);
  const parsed = JSON.parse(out) as DoctorReport;
  const findings = parsed.findings.filter(({ level }) => level !== 'ok');
  return { code, parsed, found: findings.map(({ check, level }) => `${level} ${check}`) };
}

const clean = {
  '.env': `OPENAI_API_KEY=${key}\n`,
  '.gitignore': '.env\n',
  'app.ts': 'process.env.OPENAI_API_KEY',
};

function repositoryWith(files: Readonly<Record<string, string>>): string {
  const folder = folderWith(files);
  git(folder, 'init', '-q');
  return folder;
}

describe('a clean folder', () => {
  test.runIf(hasGit)('has nothing but ok, and ends with 0', async () => {
    const { code, out, err } = await doctor(repositoryWith(clean));
    expect(err).toBe('');
    expect(out).toContain(`sk-proj...${key.slice(-4)}`);
    expect(out).not.toMatch(/warning|note|✗/);
    expect(out).toMatch(/✓ ok {7}Git ignores \.env\./);
    expect(out).toMatch(/\nNothing is wrong\.\n$/);
    expect(code).toBe(0);
  });

  test('in no repository, or without any key, it is fine too', async () => {
    expect(await report(folderWith(clean))).toMatchObject({ code: 0, found: [] });
    expect(await report(folderWith({}))).toMatchObject({ code: 0, found: ['note key-missing'] });
  });
});

describe('each planted fault is found', () => {
  const env = (line: string) => ({ ...clean, '.env': line });

  test.each<[string, Record<string, string>, string[]]>([
    ['a stray quote', env(`OPENAI_API_KEY=${key}”\n`), ['wrong key-quotes']],
    ['a space around', env(`OPENAI_API_KEY="${key} "\n`), ['wrong key-space-around']],
    [
      'a space inside',
      env(`OPENAI_API_KEY=${key.slice(0, 20)} ${key.slice(20)}\n`),
      ['wrong key-space-inside'],
    ],
    [
      'a line break',
      env(`OPENAI_API_KEY="${key.slice(0, 20)}\n${key.slice(20)}"\n`),
      ['wrong key-line-break'],
    ],
    ['a key in a source file', { ...clean, 'src/a.py': `\nk = "${otherKey}"\n` }, ['wrong source-key']],
  ])('%s', async (_, files, found) => {
    expect(await report(folderWith(files))).toMatchObject({ code: 1, found });
  });

  test('in the environment', async () => {
    const looked = await report(folderWith({}), [], { OPENAI_API_KEY: `Bearer ${key}` });
    expect(looked).toMatchObject({ code: 1, found: ['wrong key-pasted-along'] });
    expect(looked.parsed.candidates[0]?.where).toEqual({ kind: 'environment' });
  });

  test.skipIf(isWindows)('a .env that others may read', async () => {
    const folder = folderWith(clean);
    chmodSync(join(folder, '.env'), 0o644);
    expect(await report(folder)).toMatchObject({ code: 1, found: ['wrong env-mode'] });
  });

  test.runIf(hasGit)('a .env that git tracks, whatever .gitignore says', async () => {
    const folder = repositoryWith(clean);
    git(folder, 'add', '-f', '.env');
    const { code, parsed, found } = await report(folder);
    expect({ code, found }).toEqual({ code: 1, found: ['wrong env-tracked'] });
    const advice = parsed.findings.find(({ check }) => check === 'env-tracked')?.advice;
    expect(advice).toContain('a committed key counts as leaked');
  });

  test.runIf(hasGit)('a .env that git would take along', async () => {
    const folder = repositoryWith({ ...clean, '.gitignore': '*.log\n' });
    expect(await report(folder)).toMatchObject({ code: 1, found: ['wrong env-not-ignored'] });
  });

  test.runIf(hasGit)('in a folder within a repository as well, and without the rest of it', async () => {
    const nested = Object.fromEntries(Object.entries(clean).map(([name, text]) => [`app/${name}`, text]));
    const folder = repositoryWith({
      ...nested,
      'app/.gitignore': '',
      'app/.env.local': '',
      'other.py': otherKey,
    });
    expect((await report(join(folder, 'app'))).found).toEqual(['wrong env-not-ignored']);
    writeFileSync(join(folder, '.gitignore'), '.env\n');
    expect((await report(join(folder, 'app'))).found).toEqual([]);
  });

  test.runIf(hasGit)('in files that git does not ignore, and in those alone', async () => {
    const folder = repositoryWith({
      ...clean,
      '.gitignore': '.env\nnotes/\n',
      'notes/mine.txt': otherKey,
      '.env.example': `OPENAI_API_KEY=${otherKey}\n`,
      'api/.env': `OPENAI_API_KEY=sk-...\n`,
    });
    const { parsed, found } = await report(folder);
    expect(found).toEqual(['wrong source-key']);
    expect(parsed.findings.find(({ check }) => check === 'source-key')?.where).toEqual({
      kind: 'file',
      file: '.env.example',
      line: 1,
    });
  });
});

test('the text says in words what the marks say, with the advice beneath, in 80 columns', async () => {
  const { out } = await doctor(
    folderWith({ ...clean, '.env': `OPENAI_API_KEY=${key}"\n`, '\x1b[2J\n.py': otherKey }),
  );
  expect(out).toContain(`
✗ wrong    OPENAI_API_KEY in .env, line 1 has a stray quote at its edge.
             Remove it, or close it with the same straight quote on both sides.
`);
  expect(out).toContain('✗ wrong    A key lies in ␛[2J␊.py, line 1.');
  expect(out).toMatch(/\n2 things are wrong\.\n$/);
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

const place = {
  anyOf: [
    {
      type: 'object',
      required: ['kind'],
      properties: { kind: { const: 'environment' } },
      additionalProperties: false,
    },
    {
      type: 'object',
      required: ['kind', 'file', 'line'],
      properties: {
        kind: { const: 'file' },
        file: { type: 'string', minLength: 1 },
        line: { type: ['integer', 'null'], minimum: 1 },
      },
      additionalProperties: false,
    },
  ],
};

const candidate = {
  name: { type: 'string' },
  masked: { type: 'string' },
  length: { type: 'integer', minimum: 0 },
  where: place,
  shape: {
    enum: [
      ...['project', 'service account', 'admin', 'user', 'practice'],
      ...['other provider', 'placeholder', 'empty', 'unknown'],
    ],
  },
  isRead: { type: 'boolean' },
  isUsed: { type: 'boolean' },
};

const oneFinding = {
  check: { type: 'string', pattern: '^(key|env|git|url|account|source|endpoint)(-[a-z]+)*$' },
  level: { enum: ['ok', 'note', 'warn', 'wrong'] },
  sentence: { type: 'string', pattern: '^[^\\n]+\\.$' },
  advice: { type: ['string', 'null'], pattern: '^[^\\n]+[.?]$' },
  where: { anyOf: [...place.anyOf, { type: 'null' }] },
};

const exact = (properties: object) => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  additionalProperties: false,
});

const reportSchema = exact({
  folder: { type: 'string' },
  host: { type: ['string', 'null'] },
  isAsked: { type: 'boolean' },
  isHealthy: { type: 'boolean' },
  candidates: { type: 'array', items: exact(candidate) },
  findings: { type: 'array', items: exact(oneFinding) },
});

test('--json is one object of the shape that the help describes', async () => {
  const validate = new Ajv({ allowUnionTypes: true }).compile(reportSchema);
  const folder = folderWith({ ...clean, '.env.local': `OPENAI_API_KEY=\nwords\n`, 'a.py': otherKey });
  const worlds: Record<string, string>[] = [{}, { OPENAI_API_KEY: 'gsk_1' }, { OPENAI_BASE_URL: 'nowhere' }];
  for (const env of worlds) {
    const { out } = await doctor(folder, ['--json'], env);
    expect(out.trimEnd()).not.toContain('\n');
    expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
  }
});

test('no key shows, wherever it lies', async () => {
  const bodies = ['Ah4n', 'Bq8T', 'Cy2U', 'Dx6V', 'Ez0S'].map((start) => `${start}${key.slice(12)}${start}`);
  const [inEnv, inFile, inSource, inLocal, inLine] = bodies.map((body) => keyOf(body)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const folder = folderWith({
    '.env': `OPENAI_API_KEY='${inFile}\n${inLine}\nOPENAI_BASE_URL=http://127.0.0.1:9/${inLine}/v1\n`,
    '.env.local': `OPENAI_KEY="${inLocal}”\n`,
    'a.py': `x = "${inSource}"`,
  });
  const env = { OPENAI_API_KEY: `“Bearer ${inEnv}`, OPENAI_ORG_ID: inLine };
  const pieces = [inEnv, inFile, inSource, inLocal, inLine].flatMap((secret) =>
    Array.from({ length: secret.length - 7 - 4 - 11 }, (_, at) => secret.slice(7 + at, 19 + at)),
  );
  for (const args of [[], ['--json'], ['--check'], ['--json', '--check']]) {
    const { code, out, err } = await doctor(folder, args, env);
    expect(code).toBe(1);
    expect(pieces.filter((piece) => (out + err).includes(piece))).toEqual([]);
    expect(out).toContain(`sk-proj...${inLocal.slice(-4)}`);
    expect(out).toContain('a.py, line 1');
  }
});

describe('--check', () => {
  const json = (body: unknown) => ({ type: 'application/json', text: JSON.stringify(body) });
  const error = (code: string) =>
    json({ error: { message: `no ${key}`, type: 'some_error', param: null, code } });

  async function ask(status: number, { type, text }: { readonly type: string; readonly text: string }) {
    const requests: string[] = [];
    const server = await serve((response) => {
      const { method, url, headers } = response.req;
      requests.push(`${method} ${url} ${headers.authorization}`);
      response.writeHead(status, { 'content-type': type }).end(text);
    });
    onTestFinished(async () => void (await server.close()));
    const env = { OPENAI_API_KEY: key, OPENAI_BASE_URL: server.url };
    const looked = await report(folderWith({}), ['--check'], env);
    expect(requests).toEqual([`GET /v1/models Bearer ${key}`]);
    expect(looked.parsed.isAsked).toBe(true);
    return { ...looked, said: looked.parsed.findings.at(-1)! };
  }

  const models = (...ids: string[]) =>
    json({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) });

  test('accepted, with the model of the lessons', async () => {
    const { code, said } = await ask(200, models('gpt-4o', 'gpt-4o-mini'));
    expect(code).toBe(0);
    expect(said).toMatchObject({ check: 'endpoint-accepts', level: 'ok' });
    expect(said.sentence).toContain('2 models, gpt-4o-mini among them');
  });

  test.each([
    ['without that model', 200, models('llama'), 0, 'warn endpoint-model', '1 model'],
    ['a wrong key', 401, error('invalid_api_key'), 1, 'wrong endpoint-refuses', '401 invalid_api_key'],
    [
      'a region',
      403,
      error('unsupported_country_region_territory'),
      1,
      'wrong endpoint-region',
      '403 unsupported_country_region_territory',
    ],
    [
      'a restricted key',
      403,
      json({
        error: 'You have insufficient permissions for this operation. Missing scopes: api.model.read.',
      }),
      0,
      'warn endpoint-scope',
      '(403)',
    ],
    ['no credit', 429, error('insufficient_quota'), 1, 'wrong endpoint-quota', '429 insufficient_quota'],
    [
      'a busy endpoint',
      429,
      error('rate_limit_exceeded'),
      0,
      'warn endpoint-busy',
      '429 rate_limit_exceeded',
    ],
    ['nothing there', 404, json({ detail: 'Not Found' }), 1, 'wrong endpoint-odd', '(404)'],
    ['a web page', 200, { type: 'text/html', text: '<html>' }, 1, 'wrong endpoint-odd', 'a web page'],
    ['broken JSON', 200, { type: 'application/json', text: '{' }, 1, 'wrong endpoint-odd', 'something else'],
    ['a server in trouble', 502, { type: 'text/html', text: '<html>' }, 1, 'wrong endpoint-odd', '(502)'],
    ['a key for a code', 401, error(key), 1, 'wrong endpoint-refuses', '(401 some_error)'],
  ])('%s', async (_, status, answer, code, found, words) => {
    const asked = await ask(status, answer);
    expect(asked).toMatchObject({ code, found: [found] });
    expect(asked.said.sentence).toContain(words);
  });

  test('a closed port', async () => {
    const server = await serve(() => {});
    await server.close();
    const { code, parsed, found } = await report(folderWith({}), ['--check'], {
      OPENAI_API_KEY: key,
      OPENAI_BASE_URL: server.url,
    });
    expect({ code, found }).toEqual({ code: 1, found: ['wrong endpoint-unreachable'] });
    expect(parsed.findings.at(-1)?.sentence).toContain('could not be asked (ECONNREFUSED)');
  });

  test('what no header can hold is not sent, and said', async () => {
    const server = await serve((response) => void response.end());
    onTestFinished(async () => void (await server.close()));
    const broken = `${key.slice(0, 20)}\n${key.slice(20)}`;
    const env = { OPENAI_API_KEY: broken, OPENAI_BASE_URL: server.url };
    const { parsed, found } = await report(folderWith({}), ['--check'], env);
    expect(found).toEqual(['wrong key-line-break', 'wrong endpoint-not-asked']);
    expect(parsed.isAsked).toBe(false);
  });

  test.each([
    ['without a key', {}, 'there is no key'],
    ['in the clear', { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'http://example.com/v1' }, 'in the clear'],
    [
      'with a password',
      { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'https://ada:pass@example.com/v1' },
      'a password in it',
    ],
    ['at no address', { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'example' }, 'its address is none'],
  ])('%s nothing is asked', async (_, env, words) => {
    const { parsed } = await report(folderWith({}), ['--check'], env);
    expect(parsed.isAsked).toBe(false);
    expect(parsed.findings.at(-1)).toMatchObject({ check: 'endpoint-not-asked', level: 'note' });
    expect(parsed.findings.at(-1)?.sentence).toContain(words);
  });
});

test('without --check nothing is sent', async () => {
  let requests = 0;
  const server = await serve((response) => {
    requests++;
    response.end();
  });
  onTestFinished(async () => void (await server.close()));
  const { code } = await report(folderWith({}), [], { OPENAI_API_KEY: key, OPENAI_BASE_URL: server.url });
  expect({ code, requests }).toEqual({ code: 0, requests: 0 });
});

test.each([
  [['--endpoint', 'practice']],
  [['--check', '--endpoint', 'localhost:1', '--key-env', 'A_KEY']],
  [['--key-env', 'A_KEY']],
])('%j is refused: it looks at one key only', async (args) => {
  const { code, out, err } = await doctor(folderWith({}), args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('leave --endpoint and --key-env out');
});

test('OpenAI may be named', async () => {
  expect((await doctor(folderWith({}), ['--endpoint', 'openai'])).code).toBe(0);
});

test('interrupted, it prints no half of a report', async () => {
  const env = { OPENAI_API_KEY: key, OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
  const { code, out, err } = await doctor(folderWith({}), ['--check'], env, AbortSignal.abort());
  expect({ code, out, err }).toEqual({ code: 130, out: '', err: 'Stopped before all was looked at.\n' });
});
