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

/** Counts the attempts of clients that do not say themselves which one it is. */
export class AttemptCounter {
  readonly #seen = new Map<string, number>();

  /**
   * Which attempt of a call this is, from 0. The official SDKs say so; for others a call is taken to be over
   * when it got through, after as many failures as the fault has.
   */
  next({ text, attempts }: Fault, said: string | undefined): number {
    if (said !== undefined) return Number(said) || 0;
    if (attempts === Number.POSITIVE_INFINITY) return 0;
    const attempt = this.#seen.get(text) ?? 0;
    this.#seen.set(text, attempt < attempts ? attempt + 1 : 0);
    // Whoever sends ever new faults shall not fill the memory.
    if (this.#seen.size > 1000) this.#seen.clear();
    return attempt;
  }
}

/** The faults that happen to this request. */
export const happening = (
  faults: readonly Fault[],
  counter: AttemptCounter,
  said: string | undefined,
  random: Random,
): readonly Fault[] =>
  faults.filter(
    (fault) =>
      counter.next(fault, said) < fault.attempts && (fault.probability === 1 || random() < fault.probability),
  );

/** What a fault answers with instead of an answer, and the fault as it was ordered. */
interface Instead {
  readonly text: string;
  readonly plan:
    | { readonly kind: 'error'; readonly error: ApiError }
    | { readonly kind: 'html' | 'empty' | 'reset' };
}

interface Circumstances {
  readonly model: PracticeModel;
  readonly maskedKey: string;
  readonly requestId: string;
}

/** What is answered instead of an answer, by the first fault of that kind; null if there is none. */
export function instead(faults: readonly Fault[], circumstances: Circumstances): Instead | null {
  const fault = faults.find(({ name }) => kindOf(name).moment === 'instead');
  if (!fault) return null;
  const { name, text } = fault;
  if (name === 'html' || name === 'empty' || name === 'reset') return { text, plan: { kind: name } };
  return { text, plan: { kind: 'error', error: errors[name as keyof typeof errors](circumstances) } };
}

const errors = {
  '401': ({ maskedKey }) => incorrectKey(maskedKey),
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
