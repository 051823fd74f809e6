import { describe, expect, test } from 'vitest';
import { findKeys } from '../../../src/core/api/keys.ts';

const key = 'sk-proj-aB3dE5fG7hI9jK1lM3nO5ctAA';
const other = 'sk-proj-zZ9yY8xX7wW6vV5uU4tT3Bqqq';

function look(dotenv: string | Error | null, env: Record<string, string> = {}) {
  return findKeys({
    env,
    cwd: '/home/ada/project',
    readFile: () => {
      if (dotenv instanceof Error) throw dotenv;
      if (dotenv === null) throw Object.assign(new Error('none'), { code: 'ENOENT' });
      return dotenv;
    },
  });
}

describe('where the key is found', () => {
  test('nowhere: no key and nothing to complain about', () => {
    const report = look(null);
    expect(report.key).toBeNull();
    expect(report.problems).toEqual([]);
    expect(report.envFile).toBe('/home/ada/project/.env');
  });

  test('in the environment, which wins over .env', () => {
    const report = look(`OPENAI_API_KEY=${other}`, { OPENAI_API_KEY: key });
    expect(report.key).toEqual({
      value: key,
      source: { kind: 'environment' },
      masked: 'sk-proj...ctAA',
      length: key.length,
    });
    expect(report.secrets).toEqual([key, other]);
  });

  test('in .env, with the line that counts', () => {
    const text = `# keys\n\nexport OPENAI_API_KEY="${other}"\nOPENAI_API_KEY=${key} # mine\n`;
    expect(look(text).key).toMatchObject({
      value: key,
      source: { kind: 'file', path: '/home/ada/project/.env', line: 4 },
    });
  });

  test('in .env when the one in the environment is empty', () => {
    const report = look(`OPENAI_API_KEY=${key}`, { OPENAI_API_KEY: '' });
    expect(report.key?.value).toBe(key);
    expect(report.problems).toEqual([
      'OPENAI_API_KEY in the environment is empty: paste a key there, or remove it.',
    ]);
  });

  test('the companions come from the same two places', () => {
    const report = look('OPENAI_BASE_URL=http://localhost:11434/v1\nOPENAI_ORG_ID=org-1', {
      OPENAI_PROJECT_ID: 'proj_1',
    });
    expect(report.baseURL).toMatchObject({ value: 'http://localhost:11434/v1', source: { line: 1 } });
    expect(report.organization?.value).toBe('org-1');
    expect(report.project).toEqual({ value: 'proj_1', source: { kind: 'environment' } });
  });
});

describe('what is pointed out', () => {
  test.each([
    ['a stray quote', `“${key}”`, 'has a stray quote'],
    ['a quote on one side', `${key}"`, 'has a stray quote'],
    ['a line break', `${key.slice(0, 9)}\n${key.slice(9)}`, 'two lines'],
    ['a space inside', `${key.slice(0, 9)} ${key.slice(9)}`, 'space in the middle'],
    ['white space around', ` ${key}\n`, 'a line break around it'],
    ['a word pasted along', `Bearer ${key}`, 'begins with the word Bearer. Remove that word'],
    ['an unseen character', `sk-\u200b${key}`, 'U+200B'],
  ])('%s, as the key doctor says it, without the key', (_, value, expected) => {
    const { key: found, problems } = look(null, { OPENAI_API_KEY: value });
    expect(found?.value).toBe(value.trim());
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
    expect(problems[0]).not.toContain(key.slice(9));
  });

  test.each([
    'sk-...',
    'your-api-key-here',
    'sk-your-key',
    '<key>',
    'xxxxxxxx',
    'sk-proj-xxxx',
    'paste-it-here',
  ])('a placeholder is no key: %s', (value) => {
    const report = look(`OPENAI_API_KEY=${value}`);
    expect(report.key).toBeNull();
    expect(report.problems[0]).toContain('.env, line 1 is still a placeholder');
  });

  test('the empty line of a copied .env.example', () => {
    const report = look('# a comment\nOPENAI_API_KEY=\n');
    expect(report.key).toBeNull();
    expect(report.problems).toEqual([
      'OPENAI_API_KEY in .env, line 2 is empty: paste a key there, or remove it.',
    ]);
  });

  test('lines of .env that would be skipped without a word', () => {
    const report = look(`\ufeffOPENAI_API_KEY ${key}\n\n# fine\nA=1\nB: 2\njust words\nC="two\nlines"\n`);
    expect(report.key).toBeNull();
    expect(report.problems).toEqual([
      '.env, line 1 is not of the form NAME=value: it is skipped.',
      '.env, line 6 is not of the form NAME=value: it is skipped.',
    ]);
  });

  test('a .env that cannot be read, or is not UTF-8', () => {
    const denied = Object.assign(new Error('no'), { code: 'EACCES' });
    expect(look(denied).problems).toEqual([
      '.env is there but cannot be read (EACCES): check what it is and who may read it.',
    ]);
    expect(look('O\0P\0E\0').problems[0]).toContain('UTF-8');
  });

  test('a base URL that is no address', () => {
    expect(look(null, { OPENAI_BASE_URL: 'api.openai.com' }).problems[0]).toContain('OPENAI_BASE_URL');
  });
});
