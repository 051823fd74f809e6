/**
 * Counts the tokens of a text with our own tokenizer (`o200k_base`, that of the gpt-4o and gpt-5 families).
 * An estimate: what a server bills it reports itself, in `usage`.
 */
export async function countTokens(text: string): Promise<number> {
  const { encode } = await import('gpt-tokenizer/encoding/o200k_base');
  // A text may speak of special tokens such as <|endoftext|>; in an answer they are ordinary text.
  return encode(text, { disallowedSpecial: new Set() }).length;
}
