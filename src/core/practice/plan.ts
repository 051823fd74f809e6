import { checkAuthorization } from './auth.ts';
import { complete } from './complete.ts';
import { type ApiError, badJson, invalid, missingModel, modelNotFound, unknownUrl } from './errors.ts';
import { type Fault, misplacedFault, parseFault, statusError } from './faults.ts';
import { completionId } from './ids.ts';
import { defaultModel, findModel, modelCard, modelList, type PracticeModel } from './models.ts';
import { isPace, type Pace, type Timeline, timeline } from './pace.ts';
import type { Random } from './random.ts';
import { admissionTokens, type RateLimiter, type RateLimits } from './rate-limits.ts';
import { completionObject } from './response.ts';
import { pieceDeltas, streamChunks } from './stream.ts';
import { loadTokenizer } from './tokens.ts';
import { validate } from './validate.ts';
import type { ChatRequest } from './wire.ts';

/** A request as it came in. Header names are in lower case. */
export interface IncomingRequest {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** What a request is answered from besides itself. */
export interface PlanContext {
  readonly pace: Pace;
  readonly random: Random;
  readonly limiter: RateLimiter;
  readonly fingerprint: string;
  /** Milliseconds on the server's clock. */
  readonly nowMs: number;
  /** Milliseconds since the Unix epoch. */
  readonly wallMs: number;
}

/** What will be sent, and when; made before the first byte of it goes out. */
export type Plan =
  | { readonly kind: 'error'; readonly error: ApiError; readonly rateLimits?: RateLimits }
  | {
      readonly kind: 'json';
      readonly body: object;
      readonly waitMs: number;
      readonly rateLimits?: RateLimits;
    }
  | {
      readonly kind: 'stream';
      readonly chunks: readonly object[];
      readonly timeline: Timeline;
      readonly isObfuscated: boolean;
      readonly fault: Exclude<Fault, { kind: 'status' }> | null;
      readonly rateLimits: RateLimits;
    };

const refuse = (error: ApiError, rateLimits?: RateLimits): Plan => ({ kind: 'error', error, rateLimits });

/** Plans the answer to a request: where it goes, who asks, what is wrong with it, and what it is given. */
export async function plan(request: IncomingRequest, context: PlanContext): Promise<Plan> {
  const isChat = request.method === 'POST' && request.path === '/v1/chat/completions';
  const isList = request.method === 'GET' && request.path === '/v1/models';
  const modelId = request.method === 'GET' ? /^\/v1\/models\/([^/]+)$/.exec(request.path)?.[1] : undefined;
  if (!isChat && !isList && modelId === undefined) return refuse(unknownUrl(request.method, request.path));

  const denied = checkAuthorization(request.headers.authorization);
  if (denied) return refuse(denied);

  const fault = parseFault(request.headers['x-practice-fault']);
  if (fault && 'invalid' in fault) return refuse(fault.invalid);
  if (isChat) return planChat(request, fault, context);

  const failure = fault && statusError(fault, attemptOf(request), defaultModel.id, request.id);
  if (failure) return refuse(failure);
  if (modelId === undefined) return { kind: 'json', body: modelList(), waitMs: 0 };
  const card = modelCard(decoded(modelId));
  return card ? { kind: 'json', body: card, waitMs: 0 } : refuse(modelNotFound(decoded(modelId)));
}

async function planChat(request: IncomingRequest, fault: Fault | null, context: PlanContext): Promise<Plan> {
  const body = parsed(request.body);
  if (!body) return refuse(badJson());
  if (typeof body.model !== 'string' || body.model === '') return refuse(missingModel());
  const model = findModel(body.model);
  if (!model) return refuse(modelNotFound(body.model));

  const failure = fault && statusError(fault, attemptOf(request), model.id, request.id);
  if (failure) return refuse(failure);
  const invalidBody = validate(body, model);
  const messages = invalidBody ? [] : (body as unknown as ChatRequest).messages;
  // A refused request is counted as well (captured live, 2025-08).
  const rateLimits = context.limiter.take(model, admissionTokens(messages), context.nowMs);
  if (invalidBody) return refuse(invalidBody, rateLimits);
  return planAnswer(body as unknown as ChatRequest, model, request, fault, rateLimits, context);
}

async function planAnswer(
  chat: ChatRequest,
  model: PracticeModel,
  request: IncomingRequest,
  fault: Fault | null,
  rateLimits: RateLimits,
  context: PlanContext,
): Promise<Plan> {
  const { random } = context;
  const isStream = chat.stream === true;
  const misplaced = fault && misplacedFault(fault, isStream);
  if (misplaced) return refuse(misplaced, rateLimits);
  const asked = request.headers['x-practice-pace'];
  if (asked !== undefined && !isPace(asked)) return refuse(unknownPace(asked), rateLimits);

  const completion = complete(chat, await loadTokenizer(), random);
  const pieces = pieceDeltas(completion);
  const due = timeline(
    asked ?? context.pace,
    random,
    pieces.map(({ tokens }) => tokens),
  );
  const meta = {
    id: completionId(random),
    created: Math.floor(context.wallMs / 1000),
    model: model.snapshot,
    fingerprint: context.fingerprint,
  };
  if (!isStream) {
    return { kind: 'json', body: completionObject(completion, meta), waitMs: due.endMs, rateLimits };
  }
  const includeUsage = chat.stream_options?.include_usage === true;
  return {
    kind: 'stream',
    chunks: [...streamChunks(completion, pieces, meta, includeUsage)],
    timeline: due,
    isObfuscated: chat.stream_options?.include_obfuscation !== false,
    fault: fault?.kind === 'status' ? null : fault,
    rateLimits,
  };
}

const unknownPace = (pace: string): ApiError =>
  invalid(
    `The practice server does not know the pace '${pace}': it knows realtime, fast and instant.`,
    'x-practice-pace',
    'unknown_practice_pace',
  );

/** Counted from 0, as the official SDKs say it of themselves; a client that does not is at its first. */
const attemptOf = ({ headers }: IncomingRequest): number =>
  Number(headers['x-stainless-retry-count'] ?? 0) || 0;

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
