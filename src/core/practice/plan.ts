import { checkAuthorization, echoKey } from './auth.ts';
import {
  type ApiError,
  badJson,
  bodyTooLarge,
  invalid,
  missingModel,
  modelNotFound,
  rateLimited,
} from './errors.ts';
import { type Fault, parseFaults } from './faults/parse.ts';
import { type AttemptCounter, happening, instead, misplaced } from './faults/plan.ts';
import { isObject, type JsonObject } from './json.ts';
import type { Completion } from './model/complete.ts';
import type { PromptCache } from './model/prompt-cache.ts';
import { defaultModel, findModel, modelCard, modelList, type PracticeModel } from './models.ts';
import { planAnswer } from './plan-answer.ts';
import type { Random } from './random.ts';
import { admissionTokens, type RateLimiter, type RateLimits } from './rate-limits.ts';
import type { RequestNotes } from './request-log.ts';
import { type Route, routeOf } from './routes.ts';
import type { AnswerMeta } from './send/meta.ts';
import { isPace, type Pace, type Timeline } from './send/pace.ts';
import { validate } from './validate/validate.ts';
import type { ChatRequest, Message } from './wire.ts';

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
  readonly nowMs: number;
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
  | { readonly kind: 'error'; readonly error: ApiError; readonly rateLimits?: RateLimits }
  | { readonly kind: 'json'; readonly body: object }
  /** No answer of the API's: a page of a gateway, an empty body, a broken connection. */
  | { readonly kind: 'html' | 'empty' | 'reset' }
  | AnswerPlan;

const refuse = (error: ApiError, rateLimits?: RateLimits): Plan =>
  rateLimits ? { kind: 'error', error, rateLimits } : { kind: 'error', error };

/** Plans the answer to a request: where it goes, who asks, what is wrong with it, and what it is given. */
export async function plan(request: IncomingRequest, context: PlanContext): Promise<Plan> {
  const { headers } = request;
  const route = routeOf(request.method, request.path);
  if (route.kind === 'error') return refuse(route.error);
  if (request.body === null) return refuse(bodyTooLarge(longestBody));
  const denied = checkAuthorization(headers.authorization, context.key);
  if (denied) return refuse(denied);

  const ordered = headers['x-practice-fault'];
  const parsed = ordered === undefined ? { faults: [] } : parseFaults(ordered);
  if ('problem' in parsed)
    return refuse(invalid(parsed.problem, 'x-practice-fault', 'unknown_practice_fault'));
  const attempt = headers['x-stainless-retry-count'];
  const faults = [
    ...happening(parsed.faults, context.attempts, attempt, context.random),
    ...happening(context.faults, context.attempts, attempt, context.random),
  ];
  return route.kind === 'chat'
    ? planChat(request, faults, parsed.faults, context)
    : planModels(route, request, faults, context);
}

function planModels(
  route: Exclude<Route, { kind: 'error' | 'chat' }>,
  request: IncomingRequest,
  faults: readonly Fault[],
  context: PlanContext,
): Plan {
  const failure = failing(faults, defaultModel, request, context);
  if (failure) return failure;
  if (route.kind === 'models') return { kind: 'json', body: modelList() };
  const card = modelCard(route.id);
  return card ? { kind: 'json', body: card } : refuse(modelNotFound(route.id));
}

/** What the faults answer with instead. */
function failing(
  faults: readonly Fault[],
  model: PracticeModel,
  { id, headers }: IncomingRequest,
  { note }: PlanContext,
): Plan | null {
  const maskedKey = echoKey((headers.authorization ?? '').replace(/^\w+\s+/, ''));
  const failure = instead(faults, { model, maskedKey, requestId: id });
  if (failure) note({ faults: [failure.text] });
  return failure?.plan ?? null;
}

async function planChat(
  request: IncomingRequest,
  faults: readonly Fault[],
  ordered: readonly Fault[],
  context: PlanContext,
): Promise<Plan> {
  const type = request.headers['content-type'];
  // What is not said to be JSON is not looked into (told of 2022 to 2023, and true of forms that curl sends).
  if (type !== undefined && !/\bjson\b/i.test(type)) return refuse(missingModel());
  const body = parsed(request.body ?? '');
  if (!body || (body.model != null && typeof body.model !== 'string')) return refuse(badJson());
  if (!body.model) return refuse(missingModel());
  const model = findModel(body.model);
  const isStream = body.stream === true;
  context.note({ model: body.model, isStream });
  if (!model) return refuse(modelNotFound(body.model));
  const failure = failing(faults, model, request, context);
  if (failure) return failure;

  const wrong = validate(body, model) ?? wrongOrder(request, ordered, isStream);
  const messages = Array.isArray(body.messages) ? body.messages.filter(isObject) : [];
  // A refused request is counted as well (captured live, 2025-08).
  const { rateLimits, excess } = context.limiter.take(
    model,
    wrong ? 1 : admissionTokens(messages as unknown as readonly Message[]),
    context.nowMs,
  );
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

function parsed(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
