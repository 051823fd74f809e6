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

export const modelNotFound = (model: string): ApiError =>
  gateway(404, `The model \`${model}\` does not exist or you do not have access to it.`, 'model_not_found');

export const unknownUrl = (method: string, path: string): ApiError =>
  gateway(404, `Invalid URL (${method} ${path})`);

export const missingModel = (): ApiError => gateway(400, 'you must provide a model parameter');

export const badJson = (): ApiError =>
  gateway(
    400,
    "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON. If you have trouble figuring out how to fix this, please contact us through our help center at help.openai.com.)",
  );

/** Milliseconds that an ordered rate limit asks to wait: what one request costs at 150 a minute. */
const rateLimitWaitMs = 400;

export const rateLimited = (model: string): ApiError => ({
  status: 429,
  layout: 'gateway',
  error: {
    message: `Rate limit reached for ${model} in organization org-practice on requests per min (RPM): Limit 150, Used 150, Requested 1. Please try again in ${rateLimitWaitMs}ms. Visit https://platform.openai.com/account/rate-limits to learn more.`,
    type: 'requests',
    param: null,
    code: 'rate_limit_exceeded',
  },
  headers: {
    'retry-after': String(Math.ceil(rateLimitWaitMs / 1000)),
    'retry-after-ms': String(rateLimitWaitMs),
  },
});

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
