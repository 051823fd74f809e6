import type { OpenAI } from 'openai';
import { unreachedAdvice } from '../api/causes.ts';
import { createClient } from '../api/client.ts';
import type { Endpoint } from '../api/endpoint.ts';
import { failureIn, systemCode } from '../api/tap.ts';
import { model } from '../lessons/messages.ts';
import { loadSdk } from '../run/execute.ts';
import { type Check, type Finding, finding, type Level } from './findings.ts';
import type { Places } from './places.ts';

type Sdk = typeof import('openai');
type ApiError = InstanceType<Sdk['APIError']>;

/** How long an endpoint may take to answer. */
const timeoutMs = 20_000;

/**
 * Asks an endpoint for its models with the key, once, which costs nothing, and says in words what came of it.
 * Never throws for what an endpoint does.
 *
 * @param host names the endpoint in the sentences.
 */
export async function askEndpoint(
  endpoint: Endpoint,
  host: string,
  { fetch, signal }: NonNullable<Places['ask']>,
): Promise<Finding> {
  const sdk = await loadSdk();
  const about: Say = (check, level, says, advice) => finding(check, level, null, `${host} ${says}.`, advice);
  let answer = null as Response | null;
  const watching: typeof fetch = async (...request) => {
    answer = await fetch(...request);
    return answer;
  };
  try {
    const client = createClient(sdk, endpoint, 'own', watching);
    const { data } = await client.models.list({ maxRetries: 0, timeout: timeoutMs, signal });
    return isJson(answer) ? accepted(about, data) : odd(about, answer);
  } catch (error) {
    if (error instanceof sdk.APIConnectionError) return unreachable(about, endpoint.baseURL, error, sdk);
    if (error instanceof sdk.APIError && error.status !== undefined) return refused(about, error);
    // What is left is no error of the API: the request could not be made, or its answer not be read.
    if (answer) return odd(about, answer);
    const says = 'was sent nothing: the key or an id does not fit into a header';
    return about('endpoint-not-asked', 'wrong', says, 'Mend first what is said above about it.');
  }
}

/** Makes a finding whose sentence begins with the name of the host. */
type Say = (check: Check, level: Level, says: string, advice?: string) => Finding;

const isJson = (answer: Response | null): boolean => /json/i.test(answer?.headers.get('content-type') ?? '');

function accepted(about: Say, models: readonly OpenAI.Models.Model[]): Finding {
  const count = models.length === 1 ? '1 model' : `${models.length} models`;
  if (models.some((each) => each?.id === model)) {
    return about('endpoint-accepts', 'ok', `accepts the key: it lists ${count}, ${model} among them`);
  }
  const says = `accepts the key and lists ${count}, but not ${model}, which the lessons ask`;
  const advice = "Allow that model in the settings of the key's project, if the endpoint has it at all.";
  return about('endpoint-model', 'warn', says, advice);
}

function odd(about: Say, answer: Response | null): Finding {
  const isPage = /html/i.test(answer?.headers.get('content-type') ?? '');
  const says = `answered with ${isPage ? 'a web page' : 'something else'} where a list of models belongs`;
  const advice = 'Look at OPENAI_BASE_URL, and whether a proxy or a login page is in the way.';
  return about('endpoint-odd', 'wrong', says, advice);
}

function refused(about: Say, error: ApiError): Finding {
  const code = wordOf(error.code) || wordOf(error.type);
  const said = code ? `${error.status} ${code}` : String(error.status);
  switch (error.status) {
    case 401: {
      const advice =
        'Compare its end with the list on the settings page: it may be deleted, or from elsewhere.';
      return about('endpoint-refuses', 'wrong', `refuses the key (${said})`, advice);
    }
    case 403:
      return forbidden(about, said, error.message);
    case 404: {
      const advice = 'Look at the path of OPENAI_BASE_URL: most end with /v1.';
      return about('endpoint-odd', 'wrong', `has no list of models there (${said})`, advice);
    }
    case 429:
      return limited(about, said);
    default: {
      const says = `could not answer (${said}), which says nothing about the key`;
      return about('endpoint-odd', 'wrong', says, 'Try again later.');
    }
  }
}

function forbidden(about: Say, said: string, message: string): Finding {
  if (/region/.test(said)) {
    const says = `does not serve the country this request came from (${said})`;
    const advice = 'The key itself may be fine: look whether a VPN or a proxy is in the way.';
    return about('endpoint-region', 'wrong', says, advice);
  }
  // So a restricted key is answered, and it may still do what it is for.
  if (/missing scopes|insufficient permissions/i.test(message)) {
    const says = `knows the key, but does not let it list models (${said})`;
    const advice = 'It is a restricted key: see on the settings page that it may use chat completions.';
    return about('endpoint-scope', 'warn', says, advice);
  }
  const advice = 'Look at the permissions of the key and of its project.';
  return about('endpoint-refuses', 'wrong', `forbids this to the key (${said})`, advice);
}

function limited(about: Say, said: string): Finding {
  if (/insufficient_quota|credit_balance_exhausted/.test(said)) {
    const says = `knows the key, but its account has nothing left to spend (${said})`;
    const advice = 'Add credit on the billing page: a new key alone does not help.';
    return about('endpoint-quota', 'wrong', says, advice);
  }
  return about(
    'endpoint-busy',
    'warn',
    `had too many requests to say more (${said})`,
    'Try again in a minute.',
  );
}

/** A code as servers use it; whatever else a server puts there is left out. */
const wordOf = (value: unknown): string =>
  typeof value === 'string' && /^[a-z][\w.-]{0,49}$/i.test(value) ? value : '';

function unreachable(about: Say, baseURL: string, error: Error, sdk: Sdk): Finding {
  const code = wordOf(systemCode(error));
  const isTimeout = error instanceof sdk.APIConnectionTimeoutError;
  const advice = unreachedAdvice(new URL(baseURL), failureIn(error), isTimeout);
  return about('endpoint-unreachable', 'wrong', `could not be asked${code && ` (${code})`}`, advice);
}
