import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, maskHeaders, maskKey, maskUrl, secretsIn } from '../../src/core/mask.ts';

const key = 'sk-proj-aB3dE5fG7hI9jK1lM3nO5ctAA';

describe('maskKey', () => {
  test('shows the kind of the key and its last four characters', () => {
    expect(maskKey(key)).toBe('sk-proj...ctAA');
  });

  test('shows at most a third of a short key', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 0, maxLength: 19 }), (short) => {
        expect(maskKey(short).length - 3).toBeLessThanOrEqual(short.length / 3);
      }),
    );
    expect(maskKey('secret')).toBe('...');
    expect(maskKey('')).toBe('...');
  });
});

describe('createRedactor', () => {
  test('masks every occurrence', () => {
    const redact = createRedactor([key]);
    expect(redact.text(`Bearer ${key}, again ${key}!`)).toBe('Bearer sk-proj...ctAA, again sk-proj...ctAA!');
  });

  test('leaves no secret in any text, plain, URI-encoded or as JSON', () => {
    const secret = fc
      .string({ unit: 'binary', minLength: 8, maxLength: 40 })
      .filter((s) => s.trim().length >= 8);
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
        const redact = createRedactor([hidden]);
        for (const form of [hidden, encodeURIComponent(hidden), JSON.stringify(hidden).slice(1, -1)]) {
          const text = redact.text(`${before}\n${form}\n${after}`);
          expect(text.split('\n').includes(form)).toBe(false);
        }
      }),
    );
  });

  test('finds a secret of which JSON escapes characters that it need not', () => {
    const secret = 'ab/cd+ef<gh>-ij';
    const redact = createRedactor([secret]);
    const everything = secret.replace(/./g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
    const forms = ['ab\\/cd+ef<gh>-ij', 'ab/cd+ef\\u003cgh\\u003E-ij', 'ab\\\\/cd+ef<gh>-ij', everything];
    for (const form of forms) {
      expect(redact.text(`{"key":"${form}"}`)).toBe(`{"key":"${maskKey(secret)}"}`);
      const starred = redact.bytes(Buffer.from(`{"key":"${form}"}`));
      expect(Buffer.from(starred).toString()).toBe(`{"key":"${'*'.repeat(form.length)}"}`);
    }
    const other = '{"path":"C:\\\\ab\\/cd"}';
    expect(redact.text(other)).toBe(other);
  });

  test('masks a key whose beginning is another key', () => {
    const longer = `${key}-and-more-behind-it`;
    expect(createRedactor([key, longer]).text(longer)).toBe('sk-proj...d-it');
  });

  test('finds a key without the white space that was copied along with it', () => {
    expect(createRedactor([` ${key}\n`]).text(`key=${key};`)).toBe('key=sk-proj...ctAA;');
  });

  test('stars a key out of bytes without moving any other byte', () => {
    const bytes = new TextEncoder().encode(`é ${key} and ${key}.`);
    const masked = createRedactor([key]).bytes(bytes);
    expect(new TextDecoder().decode(masked)).toBe(
      `é ${'*'.repeat(key.length)} and ${'*'.repeat(key.length)}.`,
    );
    expect(new TextDecoder().decode(bytes)).toContain(key);
  });

  test('does not search for secrets so short that they would eat ordinary text', () => {
    const text = 'a test of the text';
    expect(createRedactor(['', 'test', ' ']).text(text)).toBe(text);
  });
});

describe('maskHeaders', () => {
  const masked = (name: string, value: string) => maskHeaders([[name, value]], createRedactor([]))[0]?.[1];

  test('keeps the scheme and hides the key', () => {
    expect(masked('authorization', `Bearer ${key}`)).toBe('Bearer sk-proj...ctAA');
    expect(masked('Authorization', key)).toBe('sk-proj...ctAA');
  });

  test('hides cookies, tokens and account ids whatever their name', () => {
    expect(masked('set-cookie', '__cf_bm=abcdef0123456789; path=/; HttpOnly')).toBe('__cf_bm=...');
    expect(masked('cookie', 'a=1234; b=5678')).toBe('a=...; b=...');
    for (const name of ['x-api-key', 'x-auth', 'my-secret', 'x-session-token', 'openai-organization']) {
      expect(masked(name, key)).toBe('sk-proj...ctAA');
    }
  });

  test('redacts a key that stands under a harmless name', () => {
    expect(maskHeaders([['location', `/x?k=${key}`]], createRedactor([key]))).toEqual([
      ['location', '/x?k=sk-proj...ctAA'],
    ]);
  });

  test('leaves what a learner must read', () => {
    expect(masked('x-ratelimit-remaining-tokens', '199984')).toBe('199984');
    expect(masked('www-authenticate', 'Bearer realm="x"')).toBe('Bearer realm="x"');
    expect(masked('content-type', 'application/json')).toBe('application/json');
  });
});

describe('ids of accounts', () => {
  const text = 'for gpt-4o in organization org-aB3dE5fG7hI9jK1lM3nO5pQ7 on tokens per min; user-friendly';

  test('are masked in text, and starred in bytes, without being known', () => {
    const redact = createRedactor([]);
    expect(redact.text(text)).toBe(
      'for gpt-4o in organization org-aB3...5pQ7 on tokens per min; user-friendly',
    );
    expect(redact.text('proj_0123456789abcdef, user-0123456789abcdef')).not.toMatch(/456789ab/);
    const bytes = Buffer.from(`é ${text}`);
    expect(Buffer.from(redact.bytes(bytes)).toString()).toBe(
      `é ${text.replace(/org-\w+/, (id) => '*'.repeat(id.length))}`,
    );
    const plain = Buffer.from('org-practice');
    expect(redact.bytes(plain)).toBe(plain);
  });
});

describe('maskUrl', () => {
  test.each([
    ['https://me:pass@host:1/v1?a=b', 'https://...@host:1/v1?a=b'],
    ['https://me@host', 'https://...@host'],
    ['https://host/v1?api-key=abc&v=1#access_token=xyz', 'https://host/v1?api-key=...&v=1#access_token=...'],
    ['https://host/a@b?next=c@d', 'https://host/a@b?next=c@d'],
    ['no url', 'no url'],
  ])('%s', (url, masked) => {
    expect(maskUrl(url)).toBe(masked);
    expect(maskUrl(masked)).toBe(masked);
  });
});

test('headers that were masked once stay as they are, and hold no secrets any more', () => {
  const headers = [
    ['authorization', `Bearer ${key}`],
    ['cookie', 'a=1234; session=56789012'],
    ['set-cookie', '__cf_bm=abcdef0123; path=/'],
    ['location', `https://me:pass@host/?code=${key}`],
    ['x-request-id', 'req_1'],
  ] as const;
  const once = maskHeaders(headers, createRedactor([]));
  expect(maskHeaders(once, createRedactor([]))).toEqual(once);
  expect(secretsIn(headers)).toEqual([key, '1234', '56789012', 'abcdef0123']);
  expect(secretsIn(once)).toEqual([]);
});
