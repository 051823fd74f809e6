import {
  type ApiError,
  conflict,
  creditsExhausted,
  incorrectKey,
  modelNotFound,
  noModelAccess,
  overloaded,
  quotaExceeded,
  rateLimited,
  requestTimeout,
  serverError,
  unsupportedRegion,
} from '../errors.ts';
import type { PracticeModel } from '../models.ts';
import type { Random } from '../random.ts';
import { type FaultName, kindOf, needsStream } from './catalogue.ts';
import type { Fault } from './parse.ts';

/** After so long a call is taken to be given up. */
const forgottenMs = 60_000;

interface Call {
  readonly attempts: number;
  readonly atMs: number;
}

/** What tells one call from another, and its attempts among themselves. */
export interface AttemptFacts {
  /** What the client says, counted from 0; 0 if it says nothing. */
  readonly said: number;
  /** The same for all attempts of a call. */
  readonly identity: string;
  readonly nowMs: number;
}

/**
 * Counts the attempts of a call. The official SDKs say which one it is when they try again by themselves; a
 * program that tries again on its own starts anew each time, so equal requests are counted as well.
 */
export class AttemptCounter {
  readonly #calls = new Map<string, Call>();

  /** Which attempt this is, from 0. A call is over once it got through. */
  next({ text, attempts }: Fault, { said, identity, nowMs }: AttemptFacts): number {
    if (attempts === Number.POSITIVE_INFINITY) return 0;
    const key = `${text} ${identity}`;
    const call = this.#calls.get(key);
    const counted = call && nowMs - call.atMs < forgottenMs ? call.attempts : 0;
    const attempt = Math.max(said, counted);
    this.#calls.delete(key);
    if (attempt < attempts) this.#calls.set(key, { attempts: attempt + 1, atMs: nowMs });
    // Whoever sends ever new requests shall not fill the memory.
    const [oldest] = this.#calls.keys();
    if (oldest !== undefined && this.#calls.size > 1000) this.#calls.delete(oldest);
    return attempt;
  }
}

/** The faults that happen to this request. */
export const happening = (
  faults: readonly Fault[],
  counter: AttemptCounter,
  facts: AttemptFacts,
  random: Random,
): readonly Fault[] =>
  faults.filter(
    (fault) =>
      counter.next(fault, facts) < fault.attempts &&
      (fault.probability === 1 || random() < fault.probability),
  );

/** What a fault answers with instead of an answer. */
type Instead =
  | { readonly kind: 'error'; readonly error: ApiError }
  | { readonly kind: 'html' | 'empty' | 'reset' };

interface Circumstances {
  readonly model: PracticeModel;
  readonly maskedKey: string;
  readonly requestId: string;
}

/** What is answered instead of an answer, by the first fault of that kind; null if there is none. */
export function instead(faults: readonly Fault[], circumstances: Circumstances): Instead | null {
  const fault = faults.find(({ name }) => kindOf(name).moment === 'instead');
  if (!fault) return null;
  const { name } = fault;
  if (name === 'html' || name === 'empty' || name === 'reset') return { kind: name };
  return { kind: 'error', error: errors[name as keyof typeof errors](circumstances) };
}

const errors = {
  // Short keys are echoed whole, and belong into no log.
  '401': ({ maskedKey }) => ({ ...incorrectKey(maskedKey), hint: 'the key is refused, as ordered' }),
  '403': ({ model }) => noModelAccess(model.id),
  '403-region': unsupportedRegion,
  '404': ({ model }) => modelNotFound(model.id),
  '408': requestTimeout,
  '409': conflict,
  '429': ({ model }) => usedUp(model, 'requests', model.requestsPerMinute, 1),
  '429-tokens': ({ model }) => usedUp(model, 'tokens', model.tokensPerMinute, 500),
  '429-quota': quotaExceeded,
  '429-credits': creditsExhausted,
  '500': ({ requestId }) => serverError(requestId),
  '503': ({ requestId }) => overloaded(requestId),
} as const satisfies Partial<Record<FaultName, (circumstances: Circumstances) => ApiError>>;

/** As if the model's minute were used up to the last: the wait follows from it. */
const usedUp = (
  model: PracticeModel,
  of: 'requests' | 'tokens',
  limit: number,
  requested: number,
): ApiError =>
  rateLimited(model.id, {
    of,
    limit,
    used: limit,
    requested,
    waitMs: Math.ceil((requested * 60_000) / limit),
  });

/** What is wrong with ordering these faults for a request that is not streamed, or null. */
export function misplaced(faults: readonly Fault[]): string | null {
  const wrong = faults.find(({ name }) => needsStream(name));
  return wrong
    ? `The practice fault '${wrong.name}' happens in a stream: send "stream": true with it.`
    : null;
}
