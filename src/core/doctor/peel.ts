import type { Check } from './findings.ts';

/** What is wrong with how a value was written or pasted. */
export interface Fault {
  readonly check: Extract<Check, `key-${string}`>;
  /** Follows the name of the setting: `has a stray quote at its edge`. */
  readonly says: string;
  readonly advice: string;
}

export interface Peeled {
  /** The value without what was pasted along. */
  readonly core: string;
  readonly faults: readonly Fault[];
}

const quoteMarks = `"'\`“”„‘’‚«»´`;
const edgeQuotes = new RegExp(`^[${quoteMarks}]+|[${quoteMarks}]+$`, 'g');
const pastedName = /^(?:export\s+)?OPENAI_API_KEY["']?\s*[=:]\s*["']?/i;
const pastedScheme = /^(?:authorization\s*:\s*)?bearer\s+/i;

/** Takes off whatever surrounds a value and is no part of it, and says what that was. */
export function peel(value: string): Peeled {
  const faults: Fault[] = [];
  let core = value.trim();
  if (core !== value && core !== '') {
    faults.push({
      check: 'key-space-around',
      says: `has ${/^\s*[\r\n]|[\r\n]\s*$/.test(value) ? 'a line break' : 'white space'} around it`,
      advice: 'Remove it: this program leaves it out, as the SDK does, but others send it along.',
    });
  }
  const takeOff = (pattern: RegExp, fault: Fault) => {
    const rest = core.replace(pattern, '').trim();
    if (rest === core) return;
    core = rest;
    if (!faults.some(({ check }) => check === fault.check)) faults.push(fault);
  };
  takeOff(edgeQuotes, strayQuote);
  takeOff(pastedName, {
    check: 'key-pasted-along',
    says: 'has its own name in the value again',
    advice: 'Leave only the key itself behind the first equals sign.',
  });
  takeOff(pastedScheme, {
    check: 'key-pasted-along',
    says: 'begins with the word Bearer',
    advice: 'Remove that word: the SDK puts it in front by itself.',
  });
  // Once more: quotes may have stood within what was taken off.
  takeOff(edgeQuotes, strayQuote);
  return { core, faults: [...faults, ...faultsWithin(core)] };
}

const strayQuote: Fault = {
  check: 'key-quotes',
  says: 'has a stray quote at its edge',
  advice: 'Remove it, or close it with the same straight quote on both sides.',
};

const copyAgain = 'Copy it again, in one piece.';

function faultsWithin(core: string): readonly Fault[] {
  const faults: Fault[] = [];
  if (/[\r\n]/.test(core)) {
    faults.push({ check: 'key-line-break', says: 'is broken over two lines', advice: 'Put it on one line.' });
  } else if (/\s/.test(core)) {
    faults.push({ check: 'key-space-inside', says: 'has a space in the middle', advice: copyAgain });
  }
  const odd = /[^\x21-\x7e\s]/u.exec(core)?.[0];
  if (odd) {
    const code = odd.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    faults.push({
      check: 'key-character',
      says: `holds a character that cannot be sent (U+${code})`,
      advice: copyAgain,
    });
  }
  return faults;
}

const beginning = /sk-(?:proj-|svcacct-|admin-|[A-Za-z0-9]{20}T3BlbkFJ)/g;

/** All that is wrong with how a key was written or pasted. */
export function faultsOf(key: string): readonly Fault[] {
  const { core, faults } = peel(key);
  return [...faults, ...keyFaults(core)];
}

/** What only a key can suffer from: two of them in one, or a mark that no key holds. `core` has been peeled. */
function keyFaults(core: string): readonly Fault[] {
  const half = core.slice(0, core.length / 2);
  const isTwice = core.length >= 40 && half + half === core;
  if (isTwice || [...core.matchAll(beginning)].length > 1) {
    return [{ check: 'key-doubled', says: 'holds two keys, one behind the other', advice: 'Leave one.' }];
  }
  const mark = /^sk-/.test(core) ? /[^\w\s-]/.exec(core)?.[0] : undefined;
  if (mark === undefined || !/[\x21-\x7e]/.test(mark)) return [];
  return [
    {
      check: 'key-character',
      says: `holds a mark that no key has (${mark})`,
      advice: 'Remove it: it was copied along from the text around the key.',
    },
  ];
}
