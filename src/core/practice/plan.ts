import { hash } from 'node:crypto';
import { acceptedPrefix, checkAuthorization, echoKey, keyIn } from './auth.ts';
import {
  type ApiError,
  badJson,
  bodyTooLarge,
  invalid,
  missingModel,
  modelNotFound,
  rateLimited,
} from './errors.ts';
import { needsStream } from './faults/catalogue.ts';
import { type Fault, parseFaults } from './faults/parse.ts';
import { type AttemptCounter, happening, instead, misplaced } from './faults/plan.ts';
import { type JsonObject, parseObject } from './json.ts';
import type { Completion } from './model/complete.ts';
import type { PromptCache } from './model/prompt-cache.ts';
import { defaultModel, findModel, modelCard, modelList, modelNames, type PracticeModel } from './models.ts';
import { planAnswer } from './plan-answer.ts';
import type { Random } from './random.ts';
import { admissionTokens, type RateLimiter, type RateLimits } from './rate-limits.ts';
import type { RequestNotes } from './request-log.ts';
import { type Route, routeOf } from './routes.ts';
import type { AnswerMeta } from './send/meta.ts';
import { isPace, type Pace, type Timeline } from './send/pace.ts';
import { validate } from './validate/validate.ts';
import type { ChatRequest } from './wire.ts';

/** A request as it came in. Header names are in lower case. */
export interface IncomingRequest {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Null if it was longer than the server reads. */
  readonly body: string | null;
}

/** The longest body that is read, in bytes. */
export const longestBody = 25 * 1024 * 1024;

/** What a server knows besides the request: its settings, and what it remembers of others. */
export interface PlanContext {
  readonly pace: Pace;
  /** The only key that is accepted; null for any practice key. */
  readonly key: string | null;
  /** Happen to every request. */
  readonly faults: readonly Fault[];
  readonly attempts: AttemptCounter;
  readonly limiter: RateLimiter;
  readonly cache: PromptCache;
  readonly fingerprint: string;
  readonly random: Random;
  /** Milliseconds on the server's clock. */
  readonly now: () => number;
  /** Milliseconds since the Unix epoch. */
  readonly wallMs: number;
  readonly note: (notes: Partial<RequestNotes>) => void;
}

/** An answer that will be made while it is sent. */
export interface AnswerPlan {
  readonly kind: 'answer';
  readonly isStream: boolean;
  readonly completion: Completion;
  readonly timeline: Timeline;
  readonly meta: AnswerMeta;
  readonly includesUsage: boolean;
  readonly isObfuscated: boolean;
  readonly faults: readonly Fault[];
  readonly rateLimits: RateLimits;
}

/** What will be sent; made before the first byte of it goes out. */
export type Plan =
  | (Met & { readonly kind: 'error'; readonly error: ApiError; readonly rateLimits?: RateLimits })
  | (Met & { readonly kind: 'json'; readonly body: object })
  /** No answer of the API's: a page of a gateway, an empty body, a broken connection. */
  | (Met & { readonly kind: 'html' | 'empty' | 'reset' })
  | AnswerPlan;

/** The faults that happen to it. */
interface Met {
  readonly faults?: readonly Fault[];
}

const refuse = (error: ApiError, rateLimits?: RateLimits): Plan =>
  rateLimits ? { kind: 'error', error, rateLimits } : { kind: 'error', error };

/** Plans the answer to a request: where it goes, who asks, what is wrong with it, and what it is given. */
export async function plan(request: IncomingRequest, context: PlanContext): Promise<Plan> {
  const { headers } = request;
  const route = routeOf(request.method, request.path);
  if (route.kind === 'error') return refuse(route.error);
  if (request.body === null) return refuse(bodyTooLarge(longestBody));
  const denied = checkAuthorization(headers.authorization, context.key);
  if (denied) {
    const known =
      context.key === null
        ? `practice keys begin with ${acceptedPrefix}`
        : 'only the key of --key is accepted';
    return refuse({ ...denied, hint: known });
  }

  const text = headers['x-practice-fault'];
  const ordered = text === undefined ? { faults: [] } : parseFaults(text);
  if ('problem' in ordered) {
    return refuse(invalid(ordered.problem, 'x-practice-fault', 'unknown_practice_fault'));
  }
  if (route.kind === 'chat') return planChat(request, ordered.faults, context);
  const wrong = wrongOrder(request, ordered.faults, false);
  if (wrong) return refuse(wrong);
  const faults = meet(request, ordered.faults, false, context);
  return { ...(failing(faults, defaultModel, request) ?? planModels(route)), faults };
}

function planModels(route: Exclude<Route, { kind: 'error' | 'chat' }>): Plan {
  if (route.kind === 'models') return { kind: 'json', body: modelList() };
  const card = modelCard(route.id);
  return card ? { kind: 'json', body: card } : refuse(modelNotFound(route.id));
}

/** The faults that happen to this request: those that it ordered itself, and those of the server. */
function meet(
  { method, path, headers, body }: IncomingRequest,
  ordered: readonly Fault[],
  isStream: boolean,
  context: PlanContext,
): readonly Fault[] {
  const possible = [...ordered, ...context.faults].filter(({ name }) => isStream || !needsStream(name));
  if (possible.length === 0) return [];
  const facts = {
    said: Number(headers['x-stainless-retry-count']) || 0,
    identity: hash('sha1', `${method} ${path} ${body}`),
    nowMs: context.now(),
  };
  const met = happening(possible, context.attempts, facts, context.random);
  context.note({ faults: met.map(({ text }) => text) });
  return met;
}

/** What the faults answer with instead. */
function failing(
  faults: readonly Fault[],
  model: PracticeModel,
  { id, headers }: IncomingRequest,
): Plan | null {
  const maskedKey = echoKey(keyIn(headers.authorization) ?? '');
  return instead(faults, { model, maskedKey, requestId: id });
}

async function planChat(
  request: IncomingRequest,
  ordered: readonly Fault[],
  context: PlanContext,
): Promise<Plan> {
  const type = request.headers['content-type'];
  // What is not said to be JSON is not looked into (told of 2022 to 2023, and true of forms that curl sends).
  if (type !== undefined && !/\bjson\b/i.test(type)) {
    return refuse({
      ...missingModel(),
      hint: `the body is said to be ${type}: send Content-Type: application/json`,
    });
  }
  const body = parseObject(request.body ?? '');
  if (!body || (body.model != null && typeof body.model !== 'string')) return refuse(badJson());
  if (!body.model) return refuse(missingModel());
  const model = findModel(body.model);
  const isStream = body.stream === true;
  context.note({ model: body.model, isStream });
  if (!model)
    return refuse({ ...modelNotFound(body.model), hint: `the models here are ${modelNames.join(', ')}` });

  const faults = meet(request, ordered, isStream, context);
  const wrong = validate(body, model) ?? wrongOrder(request, ordered, isStream);
  const answer =
    failing(faults, model, request) ?? (await planLimited(body, model, request, wrong, faults, context));
  return { ...answer, faults };
}

/** Takes the request from what is left of its model's minute, and answers it if it fits. */
async function planLimited(
  body: JsonObject,
  model: PracticeModel,
  request: IncomingRequest,
  wrong: ApiError | null,
  faults: readonly Fault[],
  context: PlanContext,
): Promise<Plan> {
  // A refused request is counted as well (captured live, 2025-08).
  const { rateLimits, excess } = context.limiter.take(model, admissionTokens(body.messages), context.now());
  if (excess) return refuse(rateLimited(model.id, excess), rateLimits);
  if (wrong) return refuse(wrong, rateLimits);
  return planAnswer(body as unknown as ChatRequest, model, request, faults, rateLimits, context);
}

/** What is wrong with the headers that only practice knows, or null. */
function wrongOrder(
  { headers }: IncomingRequest,
  ordered: readonly Fault[],
  isStream: boolean,
): ApiError | null {
  const nowhere = isStream ? null : misplaced(ordered);
  if (nowhere) return invalid(nowhere, 'x-practice-fault', 'misplaced_practice_fault');
  const pace = headers['x-practice-pace'];
  if (pace === undefined || isPace(pace)) return null;
  return invalid(
    `The practice server does not know the pace '${pace}': it knows realtime, fast and instant.`,
    'x-practice-pace',
    'unknown_practice_pace',
  );
}
