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
  /** Whether it knows any. */
  readonly hasSecrets: boolean;
  /** The text, masked; the same string where there was nothing to mask. */
  readonly text: (text: string) => string;
  /** The bytes, masked with stars to the same length; the same array where there was nothing to mask. */
  readonly bytes: (bytes: Uint8Array) => Uint8Array;
}

/**
 * Makes the one choke point for everything that leaves the program. Secrets are also found URI-encoded and
 * escaped as in JSON, whichever of their characters are; those under 8 characters are left alone.
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
  const escaped = forms.map((form) => [escapedForm(form), masks.get(form)!] as const);
  return {
    hasSecrets: forms.length > 0,
    text: (text) => {
      const plain = pattern ? text.replace(pattern, (form) => masks.get(form) ?? '...') : text;
      const masked = text.includes('\\')
        ? escaped.reduce((rest, [form, mask]) => rest.replace(form, () => mask), plain)
        : plain;
      return accountPrefix.test(masked) ? masked.replace(accountId, maskKey) : masked;
    },
    bytes: (bytes) => {
      const starred = needles.reduce(starOut, bytes);
      // One character a byte, so that places in the text are places in the bytes.
      const text = Buffer.from(starred.buffer, starred.byteOffset, starred.byteLength).toString('latin1');
      const patterns = [
        // matchAll makes each pattern anew, and most texts have nothing for it.
        ...(text.includes('\\')
          ? escaped.map(([form]) => form).filter((form) => text.search(form) >= 0)
          : []),
        ...(accountPrefix.test(text) ? [accountId] : []),
      ];
      const found = patterns.flatMap((pattern) => [...text.matchAll(pattern)]);
      if (found.length === 0) return starred;
      const masked = new Uint8Array(starred);
      for (const { index, 0: match } of found) masked.fill(0x2a, index, index + match.length);
      return masked;
    },
  };
}

/**
 * A secret of which JSON writes any character as `\u0041`, as encoders do that keep slashes and angle brackets out of
 * a page. Backslashes may stand before each: JSON in JSON has them.
 */
function escapedForm(form: string): RegExp {
  const written = form.split('').map((char, at) => {
    const code = char.charCodeAt(0).toString(16).padStart(4, '0');
    const digits = code.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
    // So few only, or a megabyte of backslashes would be looked through from each of them.
    return `(?:${at > 0 ? '\\\\{0,3}' : ''}${escapePattern(char)}|\\\\{1,3}u${digits})`;
  });
  return new RegExp(written.join(''), 'g');
}

/** Ids of organizations, projects and users, as OpenAI writes them into messages of errors. */
const accountId = /\b(?:org-|proj_|user-)[A-Za-z0-9]{16,}\b/g;
/** Far faster than looking for the whole. */
const accountPrefix = /org-|proj_|user-/;

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
