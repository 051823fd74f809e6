/**
 * Text on its way out that comes in pieces: it goes on at once, but for what may be the beginning of a secret or half a
 * character. That waits for its rest, so that whoever masks sees the whole.
 */
export class HeldText {
  readonly #out: (text: string) => void;
  readonly #secrets: readonly string[];
  #held = '';

  constructor(out: (text: string) => void, secrets: readonly string[]) {
    this.#out = out;
    this.#secrets = secrets;
  }

  write = (piece: string): void => {
    const text = this.#held + piece;
    const ready = text.length - heldLength(text, this.#secrets);
    this.#held = text.slice(ready);
    if (ready > 0) this.#out(text.slice(0, ready));
  };

  /** Lets go of what still waits: nothing comes any more. */
  end(): void {
    if (this.#held !== '') this.#out(this.#held);
    this.#held = '';
  }
}

/** How much of a text's end must wait: the longest that begins a secret, or the first half of a character. */
function heldLength(text: string, secrets: readonly string[]): number {
  // Most of what goes out are whole lines, and no secret has a line feed in it.
  const near = secrets.filter((secret) => secret.includes(text.slice(-1)));
  const longest = Math.max(0, ...near.map(({ length }) => length - 1));
  for (let length = Math.min(longest, text.length); length > 0; length--) {
    const end = text.slice(-length);
    if (near.some((secret) => secret.length > length && secret.startsWith(end))) return length;
  }
  return /[\ud800-\udbff]$/.test(text) ? 1 : 0;
}
