/** A stretch of an answer, such as one token. */
interface Stretch {
  readonly text: string;
}

/** Takes an answer stretch by stretch, and lets go of what no stop sequence can begin in any more. */
export interface StopWatch<T extends Stretch> {
  /** What may be sent now, in order. After a stop sequence it is what stood before it, and nothing more. */
  readonly feed: (stretch: T) => readonly T[];
  readonly isStopped: () => boolean;
  /** What was held back, once the answer has ended without a stop sequence. */
  readonly rest: () => readonly T[];
}

/** Watches for up to four stop sequences, which may begin and end anywhere within tokens; empty ones stop nothing. */
export function stopWatch<T extends Stretch>(sequences: readonly string[]): StopWatch<T> {
  const wanted = sequences.filter((sequence) => sequence !== '');
  let held: T[] = [];
  let text = '';
  let isStopped = false;

  /** Lets go of the stretches that end at or before a place in the held text. */
  function release(end: number): readonly T[] {
    const released: T[] = [];
    let at = 0;
    for (const stretch of held) {
      if (at + stretch.text.length > end) break;
      released.push(stretch);
      at += stretch.text.length;
    }
    held = held.slice(released.length);
    text = text.slice(at);
    return released;
  }

  return {
    feed: (stretch) => {
      if (isStopped) return [];
      held.push(stretch);
      text += stretch.text;
      const end = firstComplete(text, wanted);
      if (end === null) return release(text.length - undecided(text, wanted));
      isStopped = true;
      const whole = release(end);
      const left = end - whole.reduce((length, { text: part }) => length + part.length, 0);
      const cut = held[0] && left > 0 ? [{ ...held[0], text: held[0].text.slice(0, left) }] : [];
      held = [];
      return [...whole, ...cut];
    },
    isStopped: () => isStopped,
    rest: () => release(text.length),
  };
}

/** Where the sequence begins that is complete first; of two that are complete at once, the longer. Null if none is. */
function firstComplete(text: string, sequences: readonly string[]): number | null {
  const found = sequences.flatMap((sequence) => {
    const start = text.indexOf(sequence);
    return start < 0 ? [] : [{ start, end: start + sequence.length }];
  });
  return found.sort((a, b) => a.end - b.end || a.start - b.start)[0]?.start ?? null;
}

/** How many characters at the end of a text could be the beginning of a stop sequence. */
function undecided(text: string, sequences: readonly string[]): number {
  const longest = Math.max(0, ...sequences.map(({ length }) => length - 1));
  for (let length = Math.min(longest, text.length); length > 0; length -= 1) {
    const end = text.slice(-length);
    if (sequences.some((sequence) => sequence.length > length && sequence.startsWith(end))) return length;
  }
  return 0;
}
