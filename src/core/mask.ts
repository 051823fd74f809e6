import type { HeaderList } from './run/events.ts';

/** Shorter texts are not searched for: they would eat ordinary words. */
const shortestSecret = 8;

/**
 * A secret as it may be shown: `sk-proj...ctAA`. A key too short for that shows less, never more than a third
 * of itself.
 */
export function maskKey(key: string): string {
  if (key.length >= 20) return `${key.slice(0, 7)}...${key.slice(-4)}`;
  const shown = key.length < shortestSecret ? 0 : Math.floor(key.length / 3);
  const head = Math.ceil(shown / 2);
  return `${key.slice(0, head)}...${key.slice(key.length - (shown - head))}`;
}

/** Replaces every secret it knows by its mask. */
export interface Redactor {
  /** The text, masked; the same string where there was nothing to mask. */
  readonly text: (text: string) => string;
  /** The bytes, masked with stars to the same length; the same array where there was nothing to mask. */
  readonly bytes: (bytes: Uint8Array) => Uint8Array;
}

/**
 * Makes the one choke point for everything that leaves the program. Secrets are also found URI-encoded and
 * escaped as in JSON; those under 8 characters are left alone.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const masks = new Map<string, string>();
  for (const secret of secrets.flatMap((text) => [text, text.trim()])) {
    if (secret.length < shortestSecret) continue;
    for (const form of writtenForms(secret)) masks.set(form, maskKey(secret));
  }
  // The longest first, or a secret that begins another would leave the other's end standing.
  const forms = [...masks.keys()].sort((a, b) => b.length - a.length);
  const pattern = forms.length > 0 ? new RegExp(forms.map(escapePattern).join('|'), 'g') : null;
  const needles = forms.map((form) => Buffer.from(form));
  return {
    text: (text) => {
      const masked = pattern ? text.replace(pattern, (form) => masks.get(form) ?? '...') : text;
      return accountPrefix.test(masked) ? masked.replace(accountId, maskKey) : masked;
    },
    bytes: (bytes) => starAccounts(needles.reduce(starOut, bytes)),
  };
}

/** Ids of organizations, projects and users, as OpenAI writes them into messages of errors. */
const accountId = /\b(?:org-|proj_|user-)[A-Za-z0-9]{16,}\b/g;
/** Far faster than looking for the whole. */
const accountPrefix = /org-|proj_|user-/;

function starAccounts(bytes: Uint8Array): Uint8Array {
  // One character a byte, so that places in the text are places in the bytes.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (!accountPrefix.test(text)) return bytes;
  const ids = [...text.matchAll(accountId)];
  if (ids.length === 0) return bytes;
  const masked = new Uint8Array(bytes);
  for (const { index, 0: id } of ids) masked.fill(0x2a, index, index + id.length);
  return masked;
}

/** Stars over every occurrence. The length stays, so that byte ranges keep their meaning. */
function starOut(bytes: Uint8Array, needle: Buffer): Uint8Array {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = source.indexOf(needle);
  if (at < 0) return bytes;
  // Not slice(), which for a Buffer gives the same bytes again.
  const masked = new Uint8Array(bytes);
  for (; at >= 0; at = source.indexOf(needle, at + needle.length)) masked.fill(0x2a, at, at + needle.length);
  return masked;
}

function writtenForms(secret: string): readonly string[] {
  const wellFormed = secret.toWellFormed();
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, json, encodeURIComponent(wellFormed), encodeURI(wellFormed)];
}

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Names that look secret and are not: what is left of a rate limit, and which scheme a server asks for. */
const publicName = /^(x-ratelimit-.*|(www|proxy)-authenticate)$/;
const secretName = /key|token|secret|auth|^openai-(organization|project)$/;

/** Headers as they may be kept and shown: keys, tokens, cookies and account ids masked, the rest redacted. */
export function maskHeaders(headers: HeaderList, redact: Redactor): HeaderList {
  return headers.map(([name, value]) => [name, redact.text(maskHeader(name.toLowerCase(), value))] as const);
}

function maskHeader(name: string, value: string): string {
  if (name === 'set-cookie') return maskCookie(value.split(';')[0] ?? '');
  if (name === 'cookie') return value.split(';').map(maskCookie).join('; ');
  if (isUrlHeader(name)) return maskUrl(value);
  if (!isSecret(name)) return value;
  const [scheme, secret] = credentials(value);
  return scheme + (isMasked(secret) ? secret : maskKey(secret));
}

const isSecret = (name: string): boolean => secretName.test(name) && !publicName.test(name);
const isUrlHeader = (name: string): boolean => ['location', 'referer', 'content-location'].includes(name);

function credentials(value: string): readonly [scheme: string, secret: string] {
  const [, scheme = '', secret = ''] = /^((?:bearer|basic)\s+)?(.*)$/is.exec(value) ?? [];
  return [scheme, secret];
}

/** What a mask has made: a header that was kept may be kept again. */
const isMasked = (text: string): boolean => /^.{0,7}\.{3}.{0,4}$/s.test(text);

function maskCookie(cookie: string): string {
  const at = cookie.indexOf('=');
  return at < 0 ? '...' : `${cookie.slice(0, at).trim()}=...`;
}

/** What stands in headers and must not be shown elsewhere either: keys, tokens and the values of cookies. */
export function secretsIn(headers: HeaderList): readonly string[] {
  return headers
    .flatMap(([name, value]) => {
      switch (name.toLowerCase()) {
        case 'set-cookie':
          return cookieValue(value.split(';')[0] ?? '');
        case 'cookie':
          return value.split(';').flatMap(cookieValue);
        default:
          return isSecret(name.toLowerCase()) ? credentials(value)[1] : [];
      }
    })
    .filter((secret) => !isMasked(secret));
}

const cookieValue = (cookie: string): readonly string[] => [cookie.slice(cookie.indexOf('=') + 1).trim()];

/** A URL without a name and a password in it, and without the values of queries that are named like secrets. */
export const maskUrl = (url: string): string =>
  url
    .replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#]*@/i, '$1...@')
    .replace(/([?&#][^=&#]{0,40}(?:key|token|secret|auth|sig|pass|code)[^=&#]{0,40}=)[^&#]+/gi, '$1...');
