/** The text of a file, and how it was encoded. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-8 with a mark' | 'utf-16';
}

/** As far as binary files are told from text: git looks no further either. */
const headBytes = 8000;

/** Reads bytes as text. Null where they are none: a zero byte near the start, and no mark of UTF-16. */
export function decode(bytes: Uint8Array): DecodedText | null {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return utf16(bytes, 'utf-16be');
  if (bytes.subarray(0, headBytes).includes(0)) return null;
  const isMarked = first === 0xef && second === 0xbb && third === 0xbf;
  return { text: new TextDecoder().decode(bytes), encoding: isMarked ? 'utf-8 with a mark' : 'utf-8' };
}

const utf16 = (bytes: Uint8Array, label: string): DecodedText => ({
  text: new TextDecoder(label).decode(bytes),
  encoding: 'utf-16',
});
