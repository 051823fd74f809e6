/**
 * Where in a JSON text the value at a path stands: from its first character to behind its last, or to the end of a text
 * that breaks off inside of it. Null if nothing is there. Works on bytes read as Latin-1 just as well.
 *
 * @param path keys and places, such as `['choices', 0, 'delta', 'content']`; keys in plain ASCII
 * @param from where the JSON begins
 */
export function valueRange(
  json: string,
  path: readonly (string | number)[],
  from = 0,
): { readonly start: number; readonly end: number } | null {
  let at = skipSpace(json, from);
  for (const step of path) {
    const inner = typeof step === 'number' ? itemAt(json, at, step) : memberAt(json, at, step);
    if (inner === null) return null;
    at = inner;
  }
  return at < json.length ? { start: at, end: skipValue(json, at) } : null;
}

/** Where the value of a key begins in the object that begins here. */
function memberAt(json: string, start: number, key: string): number | null {
  if (json[start] !== '{') return null;
  let at = skipSpace(json, start + 1);
  while (json[at] === '"') {
    const end = skipString(json, at);
    const colon = skipSpace(json, end);
    if (json[colon] !== ':') return null;
    const value = skipSpace(json, colon + 1);
    if (json.slice(at + 1, end - 1) === key) return value;
    at = nextAfter(json, skipValue(json, value));
  }
  return null;
}

function itemAt(json: string, start: number, place: number): number | null {
  if (json[start] !== '[') return null;
  let at = skipSpace(json, start + 1);
  for (let index = 0; index < place; index++) {
    if (at >= json.length || json[at] === ']') return null;
    at = nextAfter(json, skipValue(json, at));
  }
  return json[at] === ']' ? null : at;
}

/** Behind the comma that follows, if one does. */
function nextAfter(json: string, end: number): number {
  const at = skipSpace(json, end);
  return json[at] === ',' ? skipSpace(json, at + 1) : at;
}

const space = /[ \t\r\n]*/y;
const string = /"[^"\\]*(?:\\.[^"\\]*)*"?/sy;
const word = /[^\s,:[\]{}"]+/y;

function skip(json: string, pattern: RegExp, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(json) ? pattern.lastIndex : at;
}

const skipSpace = (json: string, at: number): number => skip(json, space, at);
const skipString = (json: string, at: number): number => skip(json, string, at);

function skipValue(json: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const char = json[at];
    if (char === '"') at = skipString(json, at);
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (depth === 0) return Math.max(at + 1, skip(json, word, at));
    if (char !== '"') at++;
  } while (depth > 0 && at < json.length);
  return at;
}
