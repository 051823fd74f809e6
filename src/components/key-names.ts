import type { Key } from 'ink';

const named: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

const characters: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  ' ': 'space',
  '\u007f': 'backspace',
  '\b': 'backspace',
};

/** Ctrl with a letter comes as one of the first 26 characters. */
const control = (char: string): string | null =>
  char >= '\u0001' && char <= '\u001a' ? `ctrl+${String.fromCharCode(char.charCodeAt(0) + 96)}` : null;

/**
 * The keys in one piece of input, by name. Keys typed fast arrive together, such as `jj` or `ab` with a return at
 * the end, and are told apart here.
 */
export function keyNames(input: string, key: Key): readonly string[] {
  const name = named.find(([flag]) => key[flag])?.[1];
  const modifier = key.ctrl ? 'ctrl+' : key.meta ? 'alt+' : '';
  if (name) return [name === 'esc' ? name : modifier + name];
  if (modifier) return [modifier + input];
  return Array.from(input, (char) => characters[char] ?? control(char) ?? char);
}
