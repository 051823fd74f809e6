import { firstOf, joinCall, type Reading, type ToolCallPart } from '../core/run/reading.ts';
import { HeldText } from './held-text.ts';

/** The text of an answer on its way out: what its chunks, or its one response, say. */
export class AnswerText {
  readonly #out: HeldText;
  readonly #calls: ToolCallPart[] = [];
  #last = '';
  /** Whether some of the text was a refusal. */
  isRefusal = false;

  /** `out` gets the text in pieces, at once but for half a character, which waits for its other half. */
  constructor(out: (text: string) => void) {
    this.#out = new HeldText(out, []);
  }

  /** Takes what a chunk says, or a whole response. */
  take(reading: Reading): void {
    const { content, refusal, toolCalls } = firstOf(reading);
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
    this.#out.end();
  }

  #endLine = (): string => (this.#last === '' || this.#last === '\n' ? '' : '\n');

  #write(text: string): void {
    if (text === '') return;
    this.#last = text.at(-1)!;
    this.#out.write(text);
  }
}
