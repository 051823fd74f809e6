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
    const ready = beforeSecret(text, text.length - heldLength(text, this.#secrets), this.#secrets);
    this.#held = text.slice(ready);
    if (ready > 0) this.#out(text.slice(0, ready));
  };

  /** Lets go of what still waits: nothing comes any more. */
  end(): void {
    if (this.#held !== '') this.#out(this.#held);
    this.#held = '';
  }
}

/** A place to cut at, or one before it where that would cut a secret in two: its end may begin another. */
function beforeSecret(text: string, place: number, secrets: readonly string[]): number {
  for (const secret of secrets) {
    const at = text.indexOf(secret, Math.max(0, place - secret.length + 1));
    if (at >= 0 && at < place) return beforeSecret(text, at, secrets);
  }
  return place;
}

/** What may be the beginning of an id of an account. */
const accountStart = /(?:org|proj|user)(?:[-_][A-Za-z0-9]{0,100})?$/;

/** How much of a text's end must wait: the longest that begins a secret, or the first half of a character. */
function heldLength(text: string, secrets: readonly string[]): number {
  return Math.max(secretLength(text, secrets), accountStart.exec(text)?.[0].length ?? 0);
}

function secretLength(text: string, secrets: readonly string[]): number {
  // Most of what goes out ends otherwise than anything in a secret.
  const near = secrets.filter((secret) => secret.includes(text.slice(-1)));
  const longest = Math.max(0, ...near.map(({ length }) => length - 1));
  for (let length = Math.min(longest, text.length); length > 0; length--) {
    const end = text.slice(-length);
    if (near.some((secret) => secret.length > length && secret.startsWith(end))) return length;
  }
  return /[\ud800-\udbff]$/.test(text) ? 1 : 0;
}
