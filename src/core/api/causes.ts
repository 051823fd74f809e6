const proxyHint = 'Behind a company proxy: Node uses HTTPS_PROXY only with NODE_USE_ENV_PROXY=1.';

const untrusted = ({ host }: URL): string =>
  `Nobody whom Node trusts has signed the certificate of ${host}. If it is your own or your company's, name the file of its authority in NODE_EXTRA_CA_CERTS; if not, someone may be listening in.`;

const timedOut = ({ host }: URL): string =>
  `${host} did not take the connection in time: is the address right, and is there a firewall in between? ${proxyHint}`;

const brokenOff = ({ host }: URL): string =>
  `${host} took the connection and broke it off before an answer: the server may have crashed, or a firewall or proxy in between may not let you through. Try again.`;

const noTls = ({ host }: URL): string =>
  `${host} does not speak TLS on this port: is the port right? A server on your own machine or network is mostly reached with http://.`;

const noWay = ({ host }: URL): string =>
  `There is no way from this machine to ${host}: check the network, the VPN and the address.`;

/** What the system, or where it has no code `fetch`, says of a connection that did not come about. */
const sentences: Readonly<Record<string, (url: URL) => string>> = {
  ECONNREFUSED: ({ host }) => `Nobody listens at ${host}: is the server started, and is the port right?`,
  ENOTFOUND: ({ hostname }) =>
    `The name ${hostname} is not known: is it spelt right, and is this machine online? ${proxyHint}`,
  EAI_AGAIN: ({ hostname }) =>
    `The name ${hostname} cannot be looked up now: is this machine online? ${proxyHint}`,
  ETIMEDOUT: timedOut,
  UND_ERR_CONNECT_TIMEOUT: timedOut,
  UND_ERR_HEADERS_TIMEOUT: slow,
  ECONNRESET: brokenOff,
  EPIPE: brokenOff,
  UND_ERR_SOCKET: (url) =>
    url.protocol === 'https:'
      ? brokenOff(url)
      : `${url.host} hung up without an answer. If it speaks TLS, its URL begins with https://.`,
  ENETUNREACH: noWay,
  EHOSTUNREACH: noWay,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_HAS_EXPIRED: ({ host }) =>
    `The certificate of ${host} has expired: whoever runs it must renew it. See that the clock of this machine is right, too.`,
  CERT_NOT_YET_VALID: ({ host }) =>
    `The certificate of ${host} is not valid yet: is the clock of this machine right?`,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ host }) =>
    `The certificate that ${host} shows is made for another name: use that name in the URL, or find out who answers in its place.`,
  EPROTO: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  'bad port': ({ port }) =>
    `Port ${port} is one that fetch never uses, since it belongs to another service: let the server listen on another.`,
  'redirect count exceeded': ({ host }) =>
    `${host} sends the request round in circles: is the base URL the address of the API?`,
};

function slow({ host }: URL): string {
  return `${host} took the request and did not answer in time: it may be loading a model, or have too much to do. Try again.`;
}

/**
 * Why nobody was reached, and what to try: by the base URL, by the code or the words that the attempt failed with,
 * and by whether the SDK waited for an answer in vain.
 */
export function unreachedAdvice(url: URL, failure: string, isTimeout: boolean): string {
  const { host } = url;
  if (isTimeout) return slow(url);
  const sentence = Object.hasOwn(sentences, failure) ? sentences[failure] : undefined;
  if (sentence) return sentence(url);
  if (failure.startsWith('ERR_SSL_')) {
    return `${host} and Node could not agree on a secure connection: the server, or a proxy in between, may be too old or want a certificate of yours.`;
  }
  if (failure.startsWith('HPE_') || failure.includes('does not match the HTTP')) {
    return `What listens at ${host} does not speak HTTP: is the port right?`;
  }
  return `No connection to ${host} came about: check the address, the port and the network.`;
}

/** Who did not take a key, and whether there was one. */
export interface Refusal {
  readonly host: string;
  /** The key is OPENAI_API_KEY, which nobody has to name. */
  readonly isOpenaiKey: boolean;
  readonly wasSent: boolean;
}

/** What to do about a key that is missing, or that was not accepted (401). */
export function refusedKeyAdvice({ host, isOpenaiKey, wasSent }: Refusal): string {
  if (!wasSent) {
    return `${host} wants a key: put it into the environment or .env, and name its variable, in the app or with --key-env.`;
  }
  return isOpenaiKey
    ? `${host} does not accept this key: it may be cut short, revoked, or made for another service. first-token doctor looks for what is wrong with it.`
    : `${host} does not accept this key: is it the one that this server gave you, and complete?`;
}
