import type { SdkError } from '../run/events.ts';
import { systemCode } from './tap.ts';

type Sdk = typeof import('openai');

/**
 * What the SDK threw, field by field, as a learner's `catch` would see it.
 *
 * The class is named by the SDK's own exports: `err.name` is always `Error`.
 */
export function describeError(error: unknown, sdk: Sdk): SdkError {
  const fields = error instanceof sdk.APIError ? error : null;
  return {
    className: classNameOf(error, sdk),
    message: error instanceof Error ? error.message : String(error),
    status: fields?.status ?? null,
    type: fields?.type ?? null,
    code: fields?.code ?? null,
    param: fields?.param ?? null,
    requestId: fields?.requestID ?? null,
    // An APIError's own `code` is the API's.
    cause: fields?.status ? null : systemCode(fields ? fields.cause : error),
  };
}

function classNameOf(error: unknown, sdk: Sdk): string {
  if (!(error instanceof Error)) return typeof error;
  // Not constructor.name: a bundler may have shortened it.
  const exported = Object.entries(sdk).find(([, value]) => value === error.constructor);
  return exported ? exported[0] : error.constructor.name;
}
