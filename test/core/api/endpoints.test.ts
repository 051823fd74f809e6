import { expect, test } from 'vitest';
import { costOfUse, hostOf, isLoopback } from '../../../src/core/api/endpoint.ts';
import { endpointLabel, findEndpoint, readBaseURL } from '../../../src/core/api/endpoints.ts';
import { findKeys } from '../../../src/core/api/keys.ts';
import { createRedactor } from '../../../src/core/mask.ts';

test.each([
  ['http://127.0.0.1:11434/v1', 'http://127.0.0.1:11434/v1'],
  ['localhost:11434', 'http://localhost:11434/v1'],
  [' https://openrouter.ai/api/v1/ ', 'https://openrouter.ai/api/v1'],
  ['"https://api.example.com/v1"', 'https://api.example.com/v1'],
  ['https://api.example.com/v1/chat/completions?x=1', 'https://api.example.com/v1'],
  ['http://[::1]:8080/v1/models', 'http://[::1]:8080/v1'],
  ['HTTPS://API.EXAMPLE.COM', 'https://api.example.com/v1'],
  ['openrouter.ai/api/v1', 'https://openrouter.ai/api/v1'],
  ['llm.example.com:8443', 'https://llm.example.com:8443/v1'],
  ['127.0.0.1:8080', 'http://127.0.0.1:8080/v1'],
  ['192.168.0.7:11434', 'http://192.168.0.7:11434/v1'],
  ['[fe80::1]:8080/v1', 'http://[fe80::1]:8080/v1'],
  ['my-box:8000', 'http://my-box:8000/v1'],
  ['api.localhost', 'http://api.localhost/v1'],
])('%j is read as %s', (text, url) => {
  expect(readBaseURL(text)).toBe(url);
  expect(readBaseURL(url)).toBe(url);
});

test.each(['', '   ', 'ftp://example.com/v1', 'not an address', 'http://', 'file:///etc/passwd'])(
  '%j is no address',
  (text) => {
    expect(() => readBaseURL(text)).toThrow('a base URL looks like http://127.0.0.1:11434/v1');
  },
);

test('a password in a URL is refused: it would be shown and kept', () => {
  expect(() => readBaseURL('https://me:secret@example.com/v1')).toThrow('carries no name or password');
});

test.each([
  ['https://ada:hunter2@host.example/v1', 'https://host.example/v1'],
  ['http:ada:hunter2@host.example/v1', 'http://host.example/v1'],
  ['https://hunter2%zz@host.example/v1', 'https://host.example/v1'],
  ['ada:hunter2@host.example/v1', 'host.example/v1'],
  ['http://ada:hunter/2@host.example/v1', 'host.example/v1'],
])('%s is not asked, since fetch would refuse it, and is shown without its password', (url, shown) => {
  const env = { OPENAI_API_KEY: 'sk-proj-abcdefghijklmnopqrstuvwxyzctAA', OPENAI_BASE_URL: url };
  const keys = findKeys({ env, cwd: '/project', readFile: () => '' });
  expect(endpointLabel('openai', keys)).toEqual({ kind: 'openai', baseURL: shown });
  expect(() => findEndpoint('openai', keys, [])).toThrow(
    /^OPENAI_BASE_URL (has a name or a pass|is no addr)/,
  );
  expect(keys.problems.join()).not.toContain('hunter');
});

test('an address without a password is asked and shown as it was set', () => {
  const env = { OPENAI_API_KEY: 'sk-0123456789', OPENAI_BASE_URL: 'HTTPS://Host.example/@me/v1/' };
  const keys = findKeys({ env, cwd: '/project', readFile: () => '' });
  expect(findEndpoint('openai', keys, [])).toMatchObject({ baseURL: env.OPENAI_BASE_URL });
});

test.each([
  ['http://localhost:1/v1', true],
  ['http://0.0.0.0:8000/v1', true],
  ['http://127.0.0.2/v1', true],
  ['http://[::1]:1/v1', true],
  ['http://api.localhost/v1', true],
  ['http://localhost.example.com/v1', false],
  ['http://127.0.0.1.example.com/v1', false],
  ['http://192.168.0.2/v1', false],
])('%s is on this machine: %s', (url, isOwn) => {
  expect(isLoopback(url)).toBe(isOwn);
  expect(costOfUse({ kind: 'compatible', baseURL: url })).toBe(isOwn ? 'own' : 'unknown');
});

test('an endpoint is named by its host, and OpenAI by its name', () => {
  expect(hostOf({ kind: 'practice', baseURL: 'http://127.0.0.1:5/v1' })).toBe('practice');
  expect(hostOf({ kind: 'openai', baseURL: 'https://api.openai.com/v1' })).toBe('OpenAI');
  expect(hostOf({ kind: 'compatible', baseURL: 'http://localhost:11434/v1' })).toBe('localhost:11434');
});

test('keys of other servers are found by the names of their variables, and all but plain words are secrets', () => {
  const env = {
    OPENROUTER_API_KEY: 'sk-or-v1-0123456789abcdef',
    LITELLM_KEY: 'sk-1234',
    VLLM_API_KEY: 'token-a1',
    SORT_KEY: 'ascending',
    HOME: '/home/me',
  };
  const dotenv = 'MY_SECRET=from-the-file-0123456789\n';
  const keys = findKeys({ env, cwd: '/project', readFile: () => dotenv });
  expect(keys.named).not.toHaveProperty('HOME');
  expect(keys.named.OPENROUTER_API_KEY).toMatchObject({ masked: 'sk-or-v...cdef' });
  const text = Object.values({ ...env, MY_SECRET: 'from-the-file-0123456789' }).join(' ');
  expect(createRedactor(keys.secrets).text(text)).toBe(
    'sk-or-v...cdef sk-1234 t...1 ascending /home/me from-th...6789',
  );
});
