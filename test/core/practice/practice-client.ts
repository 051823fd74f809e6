import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import OpenAI from 'openai';
import { startPracticeServer } from '../../../src/core/practice/server.ts';

export type Json = Record<string, unknown>;

/** A server at instant pace and the ways to talk to it. */
export async function practice(options: Parameters<typeof startPracticeServer>[0] = {}) {
  const server = await startPracticeServer({ pace: 'instant', seed: 1, ...options });
  const headers = { authorization: 'Bearer sk-practice', 'content-type': 'application/json' };
  return {
    ...server,
    /** Posts a body, or a text as it is, to the chat completions. */
    post: (body: Json | string, extra: Record<string, string> = {}, signal?: AbortSignal) =>
      fetch(`${server.url}/chat/completions`, {
        method: 'POST',
        headers: { ...headers, ...extra },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        signal,
      }),
    get: (path: string, extra: Record<string, string> = {}) =>
      fetch(`${server.url}${path}`, { headers: { ...headers, ...extra } }),
    sdk: (apiKey = 'sk-practice') => new OpenAI({ baseURL: server.url, apiKey }),
  };
}

export const user = (content: string) => ({ role: 'user' as const, content });

/** The smallest request, with what the test is about. */
export const ask = (prompt: string, more: Json = {}): Json => ({
  model: 'gpt-4o-mini',
  messages: [user(prompt)],
  ...more,
});

/** The `data:` texts of a whole event stream. */
export const dataOf = (body: string): string[] =>
  body
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => event.replace(/^data: /, ''));

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addFormat('unixtime', true);

const schema = (name: string) =>
  ajv.compile(JSON.parse(readFileSync(`test/fixtures/schema/${name}.json`, 'utf8')));

const validators = {
  response: schema('CreateChatCompletionResponse.strict'),
  chunk: schema('CreateChatCompletionStreamResponse.strict'),
  error: schema('ErrorResponse.strict'),
  modelList: schema('ListModelsResponse'),
  model: schema('Model'),
};

/** What an object lacks of the official schema, as sentences; empty if nothing. */
export function schemaErrors(kind: keyof typeof validators, value: unknown): string[] {
  const validate = validators[kind];
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
