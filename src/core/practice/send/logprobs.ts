import type { Part, SaidToken } from '../model/generate.ts';
import { endOfText, type Tokenizer } from '../model/tokens.ts';

interface LogprobItem {
  readonly token: string;
  readonly logprob: number;
  readonly bytes: readonly number[];
}

export interface Logprobs {
  readonly content: readonly object[] | null;
  readonly refusal: readonly object[] | null;
}

type TextPart = Extract<Part, { kind: 'text' }>;

/** Log probabilities for a part of an answer, in the list of the field that it goes into. */
export function logprobsOf(
  { field, tokens }: Pick<TextPart, 'field' | 'tokens'>,
  tokenizer: Tokenizer,
): Logprobs {
  const items = tokens.map(({ top, ...token }) => ({
    ...item(token, tokenizer),
    top_logprobs: top.map((other) => item(other, tokenizer)),
  }));
  return field === 'content' ? { content: items, refusal: null } : { content: null, refusal: items };
}

function item({ id, logprob }: Omit<SaidToken, 'top'>, tokenizer: Tokenizer): LogprobItem {
  const bytes = tokenizer.bytes(id);
  return { token: id === endOfText ? '<|endoftext|>' : tokenText(bytes), logprob, bytes: [...bytes] };
}

/** A token as text; one that is part of a character as its bytes in hexadecimal. */
function tokenText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return `bytes:${[...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}`;
  }
}
