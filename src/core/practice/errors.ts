import { goDuration } from './headers.ts';
import { organization, project } from './ids.ts';
import type { Excess } from './rate-limits.ts';

/**
 * The two families of error bodies (as captured live, 2024-11 and 2025-08): those about a parameter are
 * indented by two and end without a line break; those of the gateway are indented by four and end with one.
 */
type ErrorLayout = 'validation' | 'gateway';

export interface ApiError {
  readonly status: number;
  readonly layout: ErrorLayout;
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
  /** What the operator of the server may want to know about it. It is not sent. */
  readonly hint?: string;
  /** Headers that only this error carries. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The bytes of an error's body as text, laid out as its family is. */
export const errorBody = ({ layout, error }: ApiError): string =>
  layout === 'gateway' ? `${JSON.stringify({ error }, null, 4)}\n` : JSON.stringify({ error }, null, 2);

const gateway = (status: number, message: string, code: string | null = null): ApiError => ({
  status,
  layout: 'gateway',
  error: { message, type: 'invalid_request_error', param: null, code },
});

/** A 400 about one parameter. */
export const invalid = (message: string, param: string | null, code: string | null): ApiError => ({
  status: 400,
  layout: 'validation',
  error: { message, type: 'invalid_request_error', param, code },
});

export const incorrectKey = (maskedKey: string): ApiError =>
  gateway(
    401,
    `Incorrect API key provided: ${maskedKey}. You can find your API key at https://platform.openai.com/account/api-keys.`,
    'invalid_api_key',
  );

export const missingKey = (): ApiError => ({
  ...gateway(
    401,
    "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the API from your browser and are prompted for a username and password. You can obtain an API key from https://platform.openai.com/account/api-keys.",
  ),
  headers: { 'www-authenticate': 'Bearer realm="OpenAI API"' },
});

/** Said where there is a header, but not one of the two kinds (seen on another endpoint, 2026-01). */
export const missingBearer = (): ApiError => ({
  ...invalid('Missing bearer or basic authentication in header', null, null),
  status: 401,
});

export const modelNotFound = (model: string): ApiError =>
  gateway(404, `The model \`${model}\` does not exist or you do not have access to it.`, 'model_not_found');

/** A path under `/v1` that leads nowhere, and one that is not under it. */
export const unknownUrl = (method: string, path: string): ApiError =>
  /^\/v\d+(\/|$)/.test(path)
    ? gateway(404, `Invalid URL (${method} ${path})`)
    : gateway(
        404,
        `Unknown request URL: ${method} ${path}. Please check the URL for typos, or see the docs at https://platform.openai.com/docs/api-reference/.`,
        'unknown_url',
      );

/** The right path with the wrong method (the words are those of its older endpoints, about 2023). */
export const wrongMethod = (method: string, path: string, allowed: string): ApiError => ({
  ...gateway(
    405,
    `Not allowed to ${method} on ${path}. (HINT: Perhaps you meant to use a different HTTP method?)`,
  ),
  headers: { allow: allowed },
});

/** No body of this kind is known from the real endpoint: the words are those of its file uploads. */
export const bodyTooLarge = (limit: number): ApiError => ({
  ...gateway(413, `Maximum content size limit (${limit}) exceeded.`),
  headers: { connection: 'close' },
});

/** What is no HTTP, or does not fit into what the server reads of it. The real endpoint's CDN has pages of its own. */
export const badRequest = (status: number, message: string): ApiError => ({
  ...gateway(status, message),
  headers: { connection: 'close' },
});

export const missingModel = (): ApiError => gateway(400, 'you must provide a model parameter');

export const badJson = (): ApiError =>
  gateway(
    400,
    "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON. If you have trouble figuring out how to fix this, please contact us through our help center at help.openai.com.)",
  );

/** A rate limit, with the wait that its arithmetic gives. No refusal with live headers was ever captured. */
export function rateLimited(model: string, { of, limit, used, requested, waitMs }: Excess): ApiError {
  const unit = of === 'requests' ? 'requests per min (RPM)' : 'tokens per min (TPM)';
  const subject = `${model} in organization ${organization} on ${unit}: Limit ${limit},`;
  const more = 'Visit https://platform.openai.com/account/rate-limits to learn more.';
  if (waitMs === null) {
    return tooManyRequests(
      `Request too large for ${subject} Requested ${requested}. The input or output tokens must be reduced in order to run successfully. ${more}`,
      of,
      'rate_limit_exceeded',
    );
  }
  return {
    ...tooManyRequests(
      `Rate limit reached for ${subject} Used ${used}, Requested ${requested}. Please try again in ${goDuration(waitMs)}. ${more}`,
      of,
      'rate_limit_exceeded',
    ),
    headers: { 'retry-after': String(Math.ceil(waitMs / 1000)), 'retry-after-ms': String(waitMs) },
  };
}

export const quotaExceeded = (): ApiError =>
  tooManyRequests(
    'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
    'insufficient_quota',
    'insufficient_quota',
  );

/** What has replaced the one above (captured 2026-09). */
export const creditsExhausted = (): ApiError =>
  tooManyRequests(
    'You have no credits remaining. Add credits to continue using the API at https://platform.openai.com/settings/organization/billing/.',
    'insufficient_quota',
    'credit_balance_exhausted',
  );

const tooManyRequests = (message: string, type: string, code: string): ApiError => ({
  status: 429,
  layout: 'gateway',
  error: { message, type, param: null, code },
});

export const noModelAccess = (model: string): ApiError =>
  gateway(403, `Project \`${project}\` does not have access to model \`${model}\``, 'model_not_found');

/** Its keys come in another order than everywhere else (quoted 2026-03). */
export const unsupportedRegion = (): ApiError => ({
  status: 403,
  layout: 'gateway',
  error: {
    code: 'unsupported_country_region_territory',
    message: 'Country, region, or territory not supported',
    param: null,
    type: 'request_forbidden',
  },
});

// No body of the next two is known from the real endpoint; the SDKs try again all the same.
export const requestTimeout = (): ApiError =>
  gateway(408, 'The request timed out before it was complete. (The words are those of the practice server.)');
export const conflict = (): ApiError =>
  gateway(409, 'The request was in conflict with another. (The words are those of the practice server.)');

/** The prompt alone is too long, or it leaves too little for the completion that was asked for. */
export function contextExceeded(contextTokens: number, prompt: number, completion: number | null): ApiError {
  const start = `This model's maximum context length is ${contextTokens} tokens. However,`;
  return invalid(
    completion === null
      ? `${start} your messages resulted in ${prompt} tokens. Please reduce the length of the messages.`
      : `${start} you requested ${prompt + completion} tokens (${prompt} in the messages, ${completion} in the completion). Please reduce the length of the messages or completion.`,
    'messages',
    'context_length_exceeded',
  );
}

export const serverError = (requestId: string): ApiError => ({
  status: 500,
  layout: 'validation',
  error: {
    message: `The server had an error processing your request. Sorry about that! You can retry your request, or contact us through our help center at help.openai.com if you keep seeing this error. (Please include the request ID ${requestId} in your email.)`,
    type: 'server_error',
    param: null,
    code: null,
  },
});

export const overloaded = (requestId: string): ApiError => ({
  status: 503,
  layout: 'gateway',
  error: {
    message: `That model is currently overloaded with other requests. You can retry your request, or contact us through our help center at help.openai.com if the error persists. (Please include the request ID ${requestId} in your message.)`,
    type: 'server_error',
    param: null,
    code: null,
  },
});

/** The error object of an event in the middle of a stream, where the status is long sent. */
export const midStreamError = (requestId: string): ApiError['error'] => ({
  message: `An error occurred while processing your request. You can retry your request, or contact us through our help center at help.openai.com if the error persists. Please include the request ID ${requestId} in your message.`,
  type: 'server_error',
  param: null,
  code: 'server_error',
});
