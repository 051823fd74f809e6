/**
 * What a terminal would obey, or what hides text from its reader: controls (C0 but for the line feed, DEL, C1),
 * direction overrides, line and paragraph separators, invisible fillers and format characters, tag characters,
 * lone surrogates. Joiners and variation selectors belong to emoji and to scripts that join their letters, and
 * are unsafe elsewhere.
 */
const hidden = String.raw`\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{1d173}-\u{1d17a}\u{e0000}-\u{e00ff}\u{e01f0}-\u{e0fff}\p{Cs}`;
const strayJoiner = String.raw`(?<=[\p{ASCII}\s\u200c\u200d])[\u200c\u200d]`;
const straySelector = String.raw`(?<=[\ufe00-\ufe0f\u{e0100}-\u{e01ef}])[\ufe00-\ufe0f]|(?<!\p{sc=Han})[\u{e0100}-\u{e01ef}]`;
const unsafe = new RegExp(`[${hidden}]|${strayJoiner}|${straySelector}`, 'gu');

/** Nothing but printable ASCII and line feeds, as most text is. */
const plain = /^[\n\x20-\x7e]*$/;

const codeOf = (char: string): number => char.codePointAt(0) ?? 0;

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');

function show(char: string): string {
  const code = codeOf(char);
  if (char === '\t') return '    ';
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `⟨U+${hex(code)}⟩`;
}

/**
 * Untrusted text made safe for a terminal: nothing in it is obeyed, everything in it is seen (`␛` for ESC,
 * `⟨U+202E⟩` for an override). Line feeds stay, a tab becomes four spaces.
 */
export function visible(text: string): string {
  return plain.test(text) ? text : text.replace(unsafe, show);
}

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeChar(char: string): string {
  const code = codeOf(char);
  const digits = code.toString(16);
  if (shortEscapes[char]) return shortEscapes[char];
  if (code < 0x100) return `\\x${digits.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`;
}

/** A text as a JavaScript literal in single quotes, on one line, with whatever is unsafe or unseen escaped. */
export function quote(text: string): string {
  const escaped = text
    .replace(/[\\']/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/^(?:\u200c|\u200d|[\ufe00-\ufe0f])/u, escapeChar)
    .replace(unsafe, escapeChar);
  return `'${escaped}'`;
}

/** A value as one line of JSON that is safe on a terminal too: what JSON leaves raw and a terminal obeys is escaped. */
export function jsonLine(value: unknown): string {
  const json = JSON.stringify(value);
  return plain.test(json) ? json : json.replace(unsafe, escapeUnits);
}

const escapeUnits = (char: string): string =>
  char.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
