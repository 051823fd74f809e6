/** Characters that would hide or reorder code on a screen, and halves of characters: written as escapes. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}\p{Surrogate}]/gu;

const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

/** `\uXXXX` for each of a character's one or two UTF-16 units. */
const escapeUnits = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at), 4)}`).join('');

const escapeJs = (character: string): string => shortEscapes[character] ?? escapeUnits(character);

function escapePython(character: string): string {
  const code = character.codePointAt(0)!;
  return shortEscapes[character] ?? (code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`);
}

/** Quotes with the preferred mark, or with the other one where that saves escapes. */
function quote(
  text: string,
  preferred: string,
  other: string,
  escapeOne: (character: string) => string,
): string {
  const mark = text.includes(preferred) && !text.includes(other) ? other : preferred;
  const inside = text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`).replace(unseen, escapeOne);
  return mark + inside + mark;
}

/** A string literal of JavaScript and TypeScript. */
export const quoteJs = (text: string): string => quote(text, "'", '"', escapeJs);

/** A string literal of Python. */
export const quotePython = (text: string): string => quote(text, '"', "'", escapePython);

/** A string of JSON. */
export const quoteJson = (text: string): string => JSON.stringify(text).replace(unseen, escapeUnits);

/** One word for a POSIX shell, in which nothing is expanded. */
export const quoteShell = (text: string): string =>
  /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
