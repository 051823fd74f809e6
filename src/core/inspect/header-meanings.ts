type HeaderMeanings = Readonly<Record<string, string>>;

/** What a client says of its request. */
const ofRequests: HeaderMeanings = {
  host: 'Which server the request is for: one address may answer for several.',
  authorization:
    'Your key, after the word Bearer. It is shown masked: whoever reads it can spend your money.',
  accept: 'What kind of answer is welcome. The SDK says JSON, also where it asks for a stream.',
  'accept-encoding': 'How the answer may be compressed.',
  'accept-language': 'Which languages are welcome. * is any; `fetch` adds it.',
  'user-agent': 'Which program asks, and its version.',
  'sec-fetch-mode': 'How `fetch` was called. It says more in a browser than here.',
  expect: 'Asks whether the body is wanted before it is sent.',
  origin: 'Which web page asks, where a browser does.',
  cookie: 'What the server set with set-cookie before.',
  'api-key': 'Your key, as Azure wants it.',
  'openai-beta': 'Which features that are still on trial to turn on.',
  'x-stainless-retry-count': 'Which try this is: 0 for the first, then how many times the SDK tried again.',
  'x-stainless-lang': 'The language of the SDK, such as js or python.',
  'x-stainless-package-version': 'The version of the SDK.',
  'x-stainless-os': 'The operating system that the SDK runs on.',
  'x-stainless-arch': 'The kind of processor that the SDK runs on.',
  'x-stainless-runtime': 'What runs the program, such as node.',
  'x-stainless-runtime-version': 'The version of what runs the program.',
  'x-stainless-timeout': 'After how many seconds the SDK gives up, where the call itself says so.',
  'x-stainless-read-timeout': 'After how many seconds of silence the Python SDK gives up.',
  'x-stainless-async': 'Which asynchronous library the Python SDK uses, if any.',
  'x-stainless-helper-method': 'Which helper of the SDK made the call, such as stream or runTools.',
  'x-practice-fault': 'Orders a misbehaviour from the practice server.',
  'x-practice-pace': 'How fast the practice server is to answer.',
};

/** What an API says of its answer. */
const ofAnswers: HeaderMeanings = {
  'x-request-id': 'The name of this request. Give it to the support of the server if you need help.',
  'openai-organization': 'Whose account pays for the request.',
  'openai-project': 'Which project of the account the request belongs to.',
  'openai-processing-ms': 'How long OpenAI worked before it answered, in milliseconds, without the network.',
  'openai-version': 'The version of the API, as the date it began with.',
  'openai-model': 'Which model answered.',
  'x-ratelimit-limit-requests': 'How many requests you may make before the limit stops you.',
  'x-ratelimit-remaining-requests': 'How many requests are left of that.',
  'x-ratelimit-reset-requests': 'How long until all of your requests are there again.',
  'x-ratelimit-limit-tokens': 'How many tokens you may use before the limit stops you.',
  'x-ratelimit-remaining-tokens': 'How many tokens are left of that.',
  'x-ratelimit-reset-tokens': 'How long until all of your tokens are there again.',
  'retry-after':
    'How long to wait before another try: in seconds, or until a date. The SDK obeys up to a minute.',
  'retry-after-ms': 'The same wait in milliseconds. The SDK prefers it to retry-after.',
  'x-should-retry': 'Whether to try again, whatever the status says. The SDK obeys.',
  'www-authenticate': 'How to say who you are, where you did not.',
  allow: 'Which methods this address knows.',
  'x-practice-server': 'Says that this is practice: no model answered.',
};

/** What belongs to HTTP, and what servers and proxies on the way add. */
const ofTheWay: HeaderMeanings = {
  'content-type': 'What the body is: application/json, or text/event-stream for a stream.',
  'content-length': 'How many bytes the body has. A stream cannot know.',
  'content-encoding': 'How the body is compressed.',
  'transfer-encoding': 'chunked: the body comes in pieces, and its length is not known at first.',
  connection: 'Whether the connection stays open for the next request.',
  'keep-alive': 'How long the connection stays open without use.',
  date: 'When the server sent this, by its own clock.',
  server: 'Which program or service answered, such as cloudflare.',
  via: 'Which proxies passed this on.',
  vary: 'Which headers of the request the answer depends on, for caches.',
  age: 'For how many seconds a cache has had this.',
  etag: 'A name for this version of the answer, for caches.',
  expires: 'Until when a cache may keep this.',
  'cache-control': 'Whether and how long a cache may keep this.',
  'last-modified': 'When what is sent was last changed.',
  location: 'Where to go instead.',
  'set-cookie': 'Asks a browser to remember something. API clients ignore it.',
  'access-control-allow-origin': 'Which web pages may read this in a browser.',
  'access-control-allow-credentials': 'Whether web pages may send cookies along.',
  'access-control-allow-headers': 'Which headers web pages may send.',
  'access-control-allow-methods': 'Which methods web pages may use.',
  'access-control-expose-headers': 'Which headers web pages may read.',
  'strict-transport-security': 'Tells browsers to come by HTTPS only, for so many seconds.',
  'x-content-type-options': 'nosniff: browsers are to believe content-type and not to guess.',
  'x-frame-options': 'Whether web pages may show this in a frame.',
  'x-xss-protection': 'An old protection of browsers, of no effect today.',
  'content-security-policy': 'What a page may load, for browsers.',
  'referrer-policy': 'How much a browser tells of where it came from.',
  'alt-svc': 'Where the same is to be had by a newer protocol: h3 is HTTP/3.',
  'cf-ray': 'The name of this request at Cloudflare, and the airport its data centre is near.',
  'cf-cache-status': 'Whether it came from the cache of Cloudflare. DYNAMIC: it is never cached.',
  'x-envoy-upstream-service-time': 'How long the server behind the Envoy proxy took, in milliseconds.',
  'x-openai-proxy-wasm': 'The version of a part of the proxy of OpenAI. It means nothing to clients.',
  'x-powered-by': 'What the server is built with.',
  'x-accel-buffering': 'no: an nginx on the way is not to hold back a stream.',
  'x-cache': 'Whether a cache on the way had it.',
  'x-forwarded-for': 'Who asked a proxy first.',
  'x-forwarded-proto': 'Whether the proxy was asked by http or https.',
  'server-timing': 'How long parts of the work took.',
  nel: 'Where browsers are to report failures of the network.',
  'report-to': 'Where browsers are to send such reports.',
  traceparent: 'Which trace this belongs to, for tools that follow a request through a system.',
};

const meanings = new Map(Object.entries({ ...ofRequests, ...ofAnswers, ...ofTheWay }));

/** Families that servers and SDKs add to: what is known of each of them. */
const families: readonly (readonly [prefix: string, meaning: string])[] = [
  ['x-ratelimit-', 'Something of a limit on how much you may use.'],
  ['x-stainless-', 'What the SDK says of itself, for the statistics of the server.'],
  ['x-envoy-', 'A note of the Envoy proxy.'],
  ['cf-', 'A note of Cloudflare.'],
];

/** What a header means, of a request or of an answer, in one or two sentences; null for one that is not known. */
export function headerMeaning(name: string): string | null {
  const known = name.toLowerCase();
  return meanings.get(known) ?? families.find(([prefix]) => known.startsWith(prefix))?.[1] ?? null;
}
