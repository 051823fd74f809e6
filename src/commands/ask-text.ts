import { joinCall, readAnswer, type ToolCallPart } from '../core/run/reading.ts';

/** The text of an answer on its way out: what its chunks, or its one response, say. */
export class AnswerText {
  readonly #out: (text: string) => void;
  readonly #secrets: readonly string[];
  readonly #calls: ToolCallPart[] = [];
  #held = '';
  #last = '';
  /** Whether some of the text was a refusal. */
  isRefusal = false;

  /**
   * `out` gets the text in pieces, at once but for what may be the beginning of a secret or half a character: that
   * waits for its rest, so that `out` can mask the whole.
   */
  constructor(out: (text: string) => void, secrets: readonly string[]) {
    this.#out = out;
    this.#secrets = secrets;
  }

  /** Takes a chunk, or a whole response. */
  take(answer: unknown): void {
    const { content, refusal, toolCalls } = readAnswer(answer);
    if (refusal) this.isRefusal = true;
    this.#write((content ?? '') + (refusal ?? ''));
    for (const part of toolCalls) this.#calls[part.index] = joinCall(this.#calls[part.index], part);
  }

  get isEmpty(): boolean {
    return this.#last === '';
  }

  /** Writes what is left: calls of functions, one a line, and the line feed at the end. */
  end(): void {
    for (const { name, args } of this.#calls.filter(Boolean)) {
      this.#write(`${this.#endLine()}${name}(${args})`);
    }
    this.#write(this.#endLine());
    if (this.#held !== '') this.#out(this.#held);
    this.#held = '';
  }

  #endLine = (): string => (this.#last === '' || this.#last === '\n' ? '' : '\n');

  #write(text: string): void {
    if (text === '') return;
    this.#last = text.at(-1)!;
    this.#held += text;
    const ready = this.#held.length - heldLength(this.#held, this.#secrets);
    if (ready > 0) this.#out(this.#held.slice(0, ready));
    this.#held = this.#held.slice(ready);
  }
}

/** How much of a text's end must wait: the longest that begins a secret, or the first half of a character. */
function heldLength(text: string, secrets: readonly string[]): number {
  const longest = Math.max(0, ...secrets.map(({ length }) => length - 1));
  for (let length = Math.min(longest, text.length); length > 0; length--) {
    const end = text.slice(-length);
    if (secrets.some((secret) => secret.length > length && secret.startsWith(end))) return length;
  }
  return /[\ud800-\udbff]$/.test(text) ? 1 : 0;
}
