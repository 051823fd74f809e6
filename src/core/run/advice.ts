import { refusedKeyAdvice, unreachedAdvice } from '../api/causes.ts';
import { fakeKey } from '../api/client.ts';
import { hostOf, openaiBaseURL } from '../api/endpoint.ts';
import { maskKey } from '../mask.ts';
import { elsewhereAdvice, redirectAdvice } from './advice-redirect.ts';
import { contentType, failureOf, headerOf } from './failure.ts';
import { isKnownEndpoint } from './recording-order.ts';
import type { StepSummary } from './summary.ts';

/**
 * Why a request failed or came out odd, and what to try: a sentence or two, plain text that may hold a few words
 * of the server's and so goes through `visible` where it is shown. Null where all is well, where nothing useful
 * can be said, and for what a lesson makes fail on purpose and explains itself. An answer that came from elsewhere than
 * it was asked for is odd.
 */
export function adviceOn(step: StepSummary): string | null {
  if (isMadeToFail(step)) return null;
  const baseURL = URL.parse(step.target.baseURL);
  if (!baseURL) return 'The base URL is no address: it should look like https://api.openai.com/v1.';
  switch (failureOf(step)) {
    case null:
      return elsewhereAdvice(step);
    case 'unreached': {
      const isTimeout = step.error?.className === 'APIConnectionTimeoutError';
      return unreachedAdvice(baseURL, step.attempts.at(-1)?.failure ?? '', isTimeout);
    }
    case 'key':
      return redirectAdvice(step) ?? keyAdvice(step);
    case 'limit':
      return limitAdvice(step);
    case 'request':
      return requestAdvice(step);
    case 'server':
      return serverAdvice(step);
    case 'broken':
      return brokenAdvice(step);
    case 'other':
      return step.status === null ? unsentAdvice(step) : (redirectAdvice(step) ?? noAnswerAdvice(step));
  }
}

/** Practice does what it is told to; a key is left out, or is the one that nobody knows, only in lessons. */
function isMadeToFail({ target, attempts, outcome, error }: StepSummary): boolean {
  if (target.kind === 'practice' || target.kind === 'nowhere') return true;
  if (outcome === 'unsent') return error?.className === 'OpenAIError';
  const sent = headerOf(attempts[0]?.sentHeaders, 'authorization');
  return sent.endsWith(maskKey(fakeKey)) || (target.kind === 'openai' && sent === '');
}

const hostIn = ({ target }: StepSummary): string =>
  isKnownEndpoint(target) ? (URL.parse(target.baseURL)?.host ?? target.baseURL) : 'the server';

/** At the beginning of a sentence. */
const nameOf = ({ target }: StepSummary): string =>
  isKnownEndpoint(target) ? hostOf({ kind: 'compatible', baseURL: target.baseURL }) : 'The server';

function unsentAdvice({ error }: StepSummary): string | null {
  return /ByteString|invalid header value/.test(error?.message ?? '')
    ? 'The key holds a character that no header can carry, such as a curly quote or a line break: copy it again.'
    : null;
}

function keyAdvice(step: StepSummary): string {
  const { status, error, target, attempts } = step;
  const host = nameOf(step);
  if (isHtml(step)) return pageAdvice(step);
  if (error?.code === 'unsupported_country_region_territory') {
    return `${host} does not serve the country that this request seems to come from: a VPN or a proxy may be why.`;
  }
  if (error?.code === 'model_not_found') {
    return 'The key is right, but its project may not use this model: choose another model, or allow it in the settings of the project.';
  }
  const wasSent = headerOf(attempts.at(-1)?.sentHeaders, 'authorization') !== '';
  return status === 403 && wasSent
    ? `${host} knows the key, but the key may not do this: check its permissions and those of its project.`
    : refusedKeyAdvice({ host, isOpenaiKey: target.kind === 'openai', wasSent });
}

function limitAdvice({ error, target, attempts }: StepSummary): string {
  const said = [error?.code, error?.type].join();
  if (said.includes('insufficient_quota') || said.includes('credit')) {
    const where = isOpenAI(target.baseURL) ? ' at platform.openai.com/settings/organization/billing' : '';
    return `The account has no credit left, so waiting does not help: add credit, or raise its limit${where}.`;
  }
  if (/request too large/i.test(error?.message ?? '')) {
    return 'This one request is larger than the limit for a minute: shorten the prompt, or ask for fewer tokens.';
  }
  const after = headerOf(attempts.at(-1)?.headers, 'retry-after');
  const wait = /^\d{1,5}$/.test(after) ? `wait ${after} s` : 'wait a minute';
  return `Too much was asked in too short a time: ${wait}, then try again.`;
}

function requestAdvice(step: StepSummary): string | null {
  const { status, error } = step;
  const message = error?.message ?? '';
  if (/HTTPS (port|server)/i.test(message)) return 'This port speaks TLS: begin the base URL with https://.';
  if (status === 404 || status === 405) {
    // Servers other than OpenAI's say it in words of their own.
    const isModel = error?.code === 'model_not_found' || (!isHtml(step) && /\bmodel\b/i.test(message));
    return isModel ? modelAdvice(step) : (redirectAdvice(step) ?? pathAdvice(step));
  }
  if (isHtml(step)) return pageAdvice(step);
  if (error?.code === 'context_length_exceeded' || status === 413) {
    return 'The request is too long: shorten the prompt, or choose a model that takes more.';
  }
  if (error?.param === 'stream' || message.includes('stream_options')) {
    return 'It does not stream in the way that was asked for: ask without streaming.';
  }
  return null;
}

function modelAdvice(step: StepSummary): string {
  const { request, target } = step;
  const model = request.kind === 'chat' ? request.body.model : request.model;
  return `${nameOf(step)} does not offer the model ${String(model ?? '').slice(0, 60)} to you: choose one of those that GET ${isKnownEndpoint(target) ? target.baseURL : ''}/models lists.`;
}

function pathAdvice(step: StepSummary): string {
  const url = isKnownEndpoint(step.target) ? URL.parse(step.attempts.at(-1)?.url ?? '') : null;
  const path = url?.pathname.slice(0, 60) ?? 'this path';
  return `There is nothing at ${path} on ${hostIn(step)}: ${baseHint(step)}`;
}

const hasVersion = ({ target }: StepSummary): boolean =>
  !isKnownEndpoint(target) || /\/v\d+[a-z]*$/.test(target.baseURL);

const baseHint = (step: StepSummary): string =>
  hasVersion(step)
    ? 'is the base URL the one that its documentation names?'
    : 'a base URL mostly ends in /v1, and this one does not.';

function serverAdvice(step: StepSummary): string {
  const { status, target } = step;
  if (isHtml(step)) {
    return `A gateway or proxy answered for ${hostIn(step)}, with a page of HTML: the server behind it may be down. Try again in a moment.`;
  }
  const where = isOpenAI(target.baseURL)
    ? 'status.openai.com says whether others have it too.'
    : 'its own log says more.';
  return `${nameOf(step)} failed at this request (${status}): try again in a moment; ${where}`;
}

function brokenAdvice({ outcome, error, finishReason, status, bytes, chunks }: StepSummary): string {
  if (error?.cause?.startsWith('Z_')) {
    return 'What came could not be unpacked: its bytes are not what its content-encoding says. The server, or a proxy in between, is at fault.';
  }
  if (outcome === 'no-done' && bytes === 0 && chunks === 0) return emptyAdvice(status);
  if (outcome === 'no-done') {
    return finishReason
      ? 'The stream has a finish_reason but no [DONE]: the text is most likely complete, and this server may never send one.'
      : 'The stream ended without finish_reason and [DONE], so something is missing: try again. A proxy in between may end long answers.';
  }
  if (error?.cause === 'UND_ERR_BODY_TIMEOUT') {
    return 'The server fell silent in the middle of its answer: what came is kept. Try again.';
  }
  if (outcome === 'cut' || error?.cause) {
    return 'The connection broke in the middle of the answer: what came is kept. Try again; a proxy in between may cut answers that take long.';
  }
  return error?.className === 'APIError'
    ? 'The server gave up in the middle of its answer: the message says why. What came is kept; try again.'
    : 'Something in the stream is not as the protocol has it, and the SDK gave up: the server, or a proxy in between, is at fault.';
}

const emptyAdvice = (status: number | null): string =>
  `The answer is empty, although its status is ${status}: try again, and look into the server's own log.`;

/** A good status, or nearly, and yet no completion. */
function noAnswerAdvice(step: StepSummary): string | null {
  const { isStream, bytes, events, status, error } = step;
  if (isHtml(step)) return pageAdvice(step);
  if (status !== null && status >= 300) {
    return `The server answered with a redirect (${status}) that leads nowhere: is the base URL the address of the API?`;
  }
  if (bytes === 0) {
    return emptyAdvice(status);
  }
  if (!isStream && events > 0) return 'A stream came that nobody asked for: ask for one.';
  const isJson = contentType(step).includes('json') && !error;
  if (isStream && isJson && events === 0) {
    return 'JSON came instead of a stream, and the SDK makes nothing of it: ask without streaming, to see what it says.';
  }
  return isJson || events > 0
    ? 'What came has no choices in it, so it is no completion: is this an API of chat completions?'
    : `What came is no completion in JSON: ${baseHint(step)}`;
}

function pageAdvice(step: StepSummary): string {
  const base = hasVersion(step) ? 'is wrong' : 'lacks a /v1 at its end';
  return `A page of HTML came instead of JSON (status ${step.status}), so it was not the API that answered: a proxy or a sign-in page is in between, or the base URL ${base}.`;
}

const isHtml = (step: StepSummary): boolean =>
  contentType(step).includes('html') || /^\d{3} \s*<(!doctype|html)\b/i.test(step.error?.message ?? '');

const isOpenAI = (baseURL: string): boolean => baseURL.startsWith(openaiBaseURL);
