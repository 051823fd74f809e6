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
  if (masks.size === 0) return { text: (text) => text, bytes: (bytes) => bytes };
  // The longest first, or a secret that begins another would leave the other's end standing.
  const forms = [...masks.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(forms.map(escapePattern).join('|'), 'g');
  const needles = forms.map((form) => Buffer.from(form));
  return {
    text: (text) => text.replace(pattern, (form) => masks.get(form) ?? '...'),
    bytes: (bytes) => needles.reduce(starOut, bytes),
  };
}

/** Stars over every occurrence. The length stays, so that byte ranges keep their meaning. */
function starOut(bytes: Uint8Array, needle: Buffer): Uint8Array {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = source.indexOf(needle);
  if (at < 0) return bytes;
  const masked = bytes.slice();
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
  if (publicName.test(name) || !secretName.test(name)) return value;
  const [, scheme = '', secret = ''] = /^((?:bearer|basic)\s+)?(.*)$/is.exec(value) ?? [];
  return scheme + maskKey(secret);
}

function maskCookie(cookie: string): string {
  const at = cookie.indexOf('=');
  return at < 0 ? '...' : `${cookie.slice(0, at).trim()}=...`;
}
