import { describe, expect, test } from 'vitest';
import { examine } from '../../../src/core/doctor/examine.ts';
import type { Places } from '../../../src/core/doctor/places.ts';
import { type FakeFile, fakeGit, key, keyOf, otherKey, placesWith } from './world.ts';

/** What is not fine, as `level check`, and all that was said. */
async function look(tree: Readonly<Record<string, FakeFile>>, more: Partial<Places> = {}) {
  const report = await examine(placesWith(tree, more));
  const findings = report.findings.filter(({ level }) => level !== 'ok');
  return {
    report,
    found: findings.map(({ check, level }) => `${level} ${check}`),
    said: report.findings.map(({ sentence, advice }) => `${sentence} ${advice ?? ''}`).join('\n'),
  };
}

const env = (value: string, more: Record<string, string> = {}) => ({
  env: { OPENAI_API_KEY: value, ...more },
});

describe('the key', () => {
  test('one good key: nothing but ok', async () => {
    const { report, found } = await look({ '.env': `OPENAI_API_KEY=${key}\n` });
    expect(found).toEqual([]);
    expect(report).toMatchObject({
      folder: '/p',
      host: 'api.openai.com',
      isAsked: false,
      isHealthy: true,
      candidates: [
        {
          name: 'OPENAI_API_KEY',
          masked: `sk-proj...${key.slice(-4)}`,
          length: key.length,
          where: { kind: 'file', file: '.env', line: 1 },
          shape: 'project',
          isRead: true,
          isUsed: true,
        },
      ],
    });
  });

  test.each([
    ['no key', {}, ['note key-missing']],
    ['an empty one', env(''), ['note key-missing', 'warn key-empty']],
    ['a placeholder', env('sk-your-key-here'), ['note key-missing', 'wrong key-placeholder']],
    ['stray quotes', env(`“${key}”`), ['wrong key-quotes']],
    ['a line feed', env(`${key}\n`), ['wrong key-space-around']],
    ['a cut key', env(key.slice(0, 30)), ['warn key-length']],
    ['a long one', env(keyOf('aB3dE5fG7h'.repeat(30))), ['warn key-length']],
    ['an admin key', env(keyOf(key.slice(8), 'sk-admin-')), ['wrong key-admin']],
    ['one of another provider', env(keyOf(key.slice(8), 'gsk_')), ['wrong key-provider']],
    ['one of practice', env('sk-practice-first-token'), ['wrong key-practice']],
    ['no such shape', env('0123456789'), ['wrong key-shape']],
    ['another name', { env: { OPENAI_KEY: key } }, ['note key-missing', 'warn key-name']],
  ])('%s', async (_, more, found) => {
    expect((await look({}, more)).found).toEqual(found);
  });

  test('the environment wins over .env, and that is said', async () => {
    const { found, said } = await look({ '.env': `\nOPENAI_API_KEY=${otherKey}` }, env(key));
    expect(found).toEqual(['warn key-shadowed']);
    expect(said).toContain('.env, line 2');
    expect(said).toContain('the environment wins');
  });

  test('the last of two lines wins, and the same key twice is a note', async () => {
    const twice = await look({ '.env': `OPENAI_API_KEY=${otherKey}\nOPENAI_API_KEY=${key}\n` });
    expect(twice.report.candidates.map(({ isUsed }) => isUsed)).toEqual([false, true]);
    expect(twice.said).toContain('the last line of that name wins');
    expect((await look({ '.env': `OPENAI_API_KEY=${key}` }, env(key))).found).toEqual(['note key-twice']);
  });

  test('a fault of a key that is not used is a warning', async () => {
    const { report, found } = await look({ '.env': `OPENAI_API_KEY=${otherKey}"` }, env(key));
    expect(found).toEqual(['warn key-quotes', 'warn key-shadowed']);
    expect(report.isHealthy).toBe(true);
  });

  test('the kin of .env are looked at, and named as not read', async () => {
    const { report, found } = await look({ '.env.local': `OPENAI_API_KEY=${otherKey}` }, env(key));
    expect(found).toEqual(['note key-unread']);
    expect(report.candidates[1]).toMatchObject({
      isRead: false,
      isUsed: false,
      where: { file: '.env.local' },
    });
  });
});

describe('the settings', () => {
  test.each([
    ['https://api.openai.com/v1', []],
    ['https://eu.api.openai.com/v1/', []],
    ['https://api.openai.com', ['wrong url-path']],
    ['https://api.openai.com/v1/chat/completions', ['wrong url-path']],
    ['api.openai.com/v1', ['wrong url-invalid']],
    ['“https://api.openai.com/v1”', ['wrong url-invalid']],
    [' https://api.openai.com/v1 ', ['warn url-invalid']],
    ['http://127.0.0.1:4010/v1', []],
    ['http://[::1]:4010/v1', []],
    ['http://localhost:11434', ['warn url-path']],
    ['http://example.com/v1', ['warn key-elsewhere', 'wrong url-clear-text']],
    ['https://ada:pass@example.com/v1', ['warn key-elsewhere', 'wrong url-password']],
  ])('base URL %s', async (url, found) => {
    const looked = await look({}, env(key, { OPENAI_BASE_URL: url }));
    expect(looked.found).toEqual(found);
    expect(looked.said).not.toContain('pass@');
  });

  test('a key that is worth nothing may travel in the clear, with a warning', async () => {
    const { found } = await look({}, env('ollama', { OPENAI_BASE_URL: 'http://192.168.0.7:11434/v1' }));
    expect(found).toEqual(['warn url-clear-text']);
  });

  test('ids that are swapped, or quoted', async () => {
    const swapped = env(key, { OPENAI_ORG_ID: 'proj_1', OPENAI_PROJECT_ID: '"proj_1"' });
    expect((await look({}, swapped)).found).toEqual(['warn account-id', 'wrong account-id']);
    const right = env(key, { OPENAI_ORG_ID: 'org-1', OPENAI_PROJECT_ID: 'proj_1' });
    expect((await look({}, right)).found).toEqual([]);
  });
});

describe('.env as a file', () => {
  const line = `OPENAI_API_KEY=${key}\n`;

  test.each<[string, FakeFile, string[]]>([
    ['a line without a name', `${line}just words\n`, ['warn env-syntax']],
    ['a key without a name', `${key}\n`, ['note key-missing', 'wrong env-syntax']],
    ['spaces and export, which are fine', `  export OPENAI_API_KEY = ${key}\n`, []],
    ['a byte order mark', `\ufeff${line}`, ['warn env-encoding']],
    [
      'UTF-16',
      new Uint8Array(Buffer.from(`\ufeff${line}`, 'utf16le')),
      ['note key-missing', 'warn key-unread', 'wrong env-encoding'],
    ],
    [
      'no access',
      Object.assign(new Error('no'), { code: 'EACCES' }),
      ['note key-missing', 'wrong env-unreadable'],
    ],
    ['others may read it', { text: line, mode: 0o644 }, ['wrong env-mode']],
    ['its group may read it', { text: line, mode: 0o640 }, ['warn env-mode']],
    [
      'others may read it, but nothing is in it',
      { text: 'OPENAI_API_KEY=\n', mode: 0o644 },
      ['note key-missing', 'warn key-empty'],
    ],
  ])('%s', async (_, file, found) => {
    expect((await look({ '.env': file })).found).toEqual(found);
  });

  test('a folder of that name', async () => {
    const { found, said } = await look({ '.env/bin/python': '' });
    expect(found).toEqual(['note key-missing', 'wrong env-unreadable']);
    expect(said).toContain('is a folder');
  });

  test('Windows keeps elsewhere who may read it', async () => {
    const windows = { platform: 'win32' } as const;
    expect((await look({ '.env': { text: line, mode: 0o666 } }, windows)).found).toEqual([]);
  });
});

describe('git', () => {
  const tree = { '.env': `OPENAI_API_KEY=${key}\n` };

  test('not installed is a note, and the files are looked through all the same', async () => {
    const git: Places['git'] = async () => ({ kind: 'missing' });
    const { found } = await look({ ...tree, 'a.ts': otherKey }, { git });
    expect(found).toEqual(['note git-missing', 'wrong source-key']);
  });

  test('a git that refuses to answer is not taken for a folder without one', async () => {
    const stderr = "fatal: detected dubious ownership in repository at '/p'";
    const { found } = await look(tree, { git: fakeGit({ 'rev-parse': { stderr } }) });
    expect(found).toEqual(['warn git-silent']);
  });
});

describe('secrets', () => {
  test('a key in the name of a file or of a host is masked as well', async () => {
    const { report } = await look(
      { [`${otherKey}.txt`]: key },
      env(key, { OPENAI_BASE_URL: `https://${otherKey.toLowerCase()}/v1` }),
    );
    const text = JSON.stringify(report);
    expect(text).toContain('.txt, line 1');
    for (const secret of [key, otherKey, otherKey.toLowerCase()]) {
      expect(text).not.toContain(secret.slice(7, 19));
      expect(text).not.toContain(secret.slice(-16, -4));
    }
  });

  test('more places than can be listed are counted', async () => {
    const { report, said } = await look({ 'a.ts': `${key}\n`.repeat(25) }, env(key));
    expect(report.findings.filter(({ check }) => check === 'source-key')).toHaveLength(21);
    expect(said).toContain('The key in use lies in a.ts, line 20.');
    expect(said).toContain('Keys lie in 5 more places.');
  });

  test('without git, a .env further down is where it should be', async () => {
    expect((await look({ 'api/.env': `OPENAI_API_KEY=${otherKey}` }, env(key))).found).toEqual([]);
  });
});
