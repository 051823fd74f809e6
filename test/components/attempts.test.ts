import { expect, test } from 'vitest';
import { attemptRows, errorCard } from '../../src/components/attempts.ts';
import type { RunEvent } from '../../src/core/run/events.ts';
import {
  attempt,
  attemptFailed,
  chat,
  headers,
  limitedRun,
  retriedRun,
  runStart,
  stepEnd,
  stepOf,
  stepStart,
  thrown,
} from '../helpers/logs.ts';
import { shown, stylesOf, widest } from './shown.ts';

test('each try is a row, with the wait before it', () => {
  expect(shown(attemptRows(stepOf(limitedRun), 60))).toEqual([
    ' try        at      took   what came back',
    '   1      1 ms     10 ms   HTTP 429',
    '   2    511 ms     10 ms   HTTP 429   waited 500 ms',
    '   3    1.52 s     20 ms   HTTP 429   waited 1.00 s',
  ]);
});

test('a try that is answered looks different from one that is not', () => {
  const lines = attemptRows(stepOf(retriedRun), 60);
  expect(shown(lines).at(-1)).toBe('   2    511 ms     20 ms   HTTP 200   waited 500 ms');
  expect(stylesOf(lines, 'HTTP 429')).toEqual(['error']);
  expect(stylesOf(lines, 'HTTP 200')).toEqual(['ok']);
});

test('while the SDK waits, the next try is announced', () => {
  const waiting = stepOf(limitedRun.slice(0, 4));
  expect(shown(attemptRows(waiting, 60)).at(-1)).toBe('   2   waiting before the next try …');
  const sent = stepOf(limitedRun.slice(0, 5));
  expect(shown(attemptRows(sent, 60)).slice(2)).toEqual(['   2    511 ms         …   …   waited 500 ms']);
  expect(shown(attemptRows(stepOf(limitedRun), 60)).join()).not.toContain('waiting');
});

test('a refused connection names its reason and does not break the columns', () => {
  const step = stepOf([
    runStart('3d'),
    stepStart(chat()),
    attempt(1),
    attemptFailed(3, 'connect\n\u001b[2J ECONNREFUSED 127.0.0.1:1, and a great deal more'),
    attempt(503, { attempt: 1 }),
  ]);
  const lines = attemptRows(step, 42);
  expect(shown(lines).slice(1)).toEqual([
    '   1      1 ms      2 ms   connect␊␛[2J E…',
    '   2    503 ms         …   …   waited 500…',
  ]);
  expect(widest(lines)).toBeLessThanOrEqual(42);
});

test('the error card is what a catch sees', () => {
  expect(shown(errorCard(stepOf(limitedRun), 0, 60))).toEqual([
    ' thrown   RateLimitError',
    ' status   429',
    ' code     rate_limit_exceeded',
    ' message  429 Rate limit reached for gpt-4o-mini in',
    '          organization org-practice on requests per min.',
    ' kept     nothing had come',
  ]);
});

test('outside of lessons the card says what to try, also of an odd end without an error', () => {
  const start = [runStart('sandbox'), stepStart(chat(), { kind: 'compatible' }), attempt(1)];
  const refused = { ...attemptFailed(3, 'x'), code: 'ECONNREFUSED' } as RunEvent;
  const error = thrown(4, { className: 'APIConnectionError', message: 'Connection error.' });
  expect(shown(errorCard(stepOf([...start, refused, error, stepEnd(5, 'error')]), 0, 50))).toEqual([
    ' thrown   APIConnectionError',
    ' message  Connection error.',
    ' try      Nobody listens at 127.0.0.1:1: is the',
    '          server started, and is the port right?',
    ' kept     nothing had come',
  ]);
  const odd = stepOf([...start, headers(3), stepEnd(5)]);
  expect(shown(errorCard(odd, 0, 60))[0]).toBe(' try      The answer is empty, although its status is 200:');
});

test('a whole page in the message leaves room for what to try', () => {
  const page = thrown(4, { status: 502, message: `502 <html>${'<p>hello</p>'.repeat(1000)}` });
  const start = [runStart('sandbox'), stepStart(chat(), { kind: 'compatible' }), attempt(1), headers(3, 502)];
  const card = shown(errorCard(stepOf([...start, page, stepEnd(5, 'error')]), 0, 60));
  expect(card.length).toBeLessThan(20);
  expect(card.join('\n')).toContain(' try      A gateway or proxy answered');
});

test('with rows of its own the message takes what the others leave, and what was kept is always said', () => {
  const card = (rows: number) => shown(errorCard(stepOf(limitedRun), 0, 30, rows));
  expect(card(99)).toHaveLength(10);
  expect(card(7)).toEqual([
    ' thrown   RateLimitError',
    ' status   429',
    ' code     rate_limit_exceeded',
    ' message  429 Rate limit',
    '          reached for',
    '          … 4 more lines',
    ' kept     nothing had come',
  ]);
});

test('what had arrived before an error is kept, and what was never sent says so', () => {
  const cut = thrown(9, { className: 'TypeError', message: 'terminated', cause: 'UND_ERR_SOCKET' });
  const start = [runStart('3d'), stepStart(chat({ stream: true }))];
  expect(shown(errorCard(stepOf([...start, cut, stepEnd(9, 'cut')]), 31, 60))).toEqual([
    ' thrown   TypeError',
    ' cause    UND_ERR_SOCKET',
    ' message  terminated',
    ' kept     the 31 characters that had come',
  ]);
  expect(shown(errorCard(stepOf([...start, cut, stepEnd(9, 'unsent')]), 0, 60)).at(-1)).toBe(
    ' kept     nothing was sent',
  );
  expect(errorCard(stepOf(start), 0, 60)).toEqual([]);
});
