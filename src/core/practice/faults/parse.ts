import { type FaultName, faultKinds, isFaultName, kindOf } from './catalogue.ts';

/** A misbehaviour as it was ordered. */
export interface Fault {
  readonly name: FaultName;
  /** As written, by which it is counted and logged. */
  readonly text: string;
  /** Milliseconds, or how many; the kind's own if none was given. */
  readonly value: number;
  /** After how many chunks it happens. */
  readonly chunk: number;
  /** It happens to the first so many attempts of a call. */
  readonly attempts: number;
  /** 0 to 1: to which share of requests it happens. */
  readonly probability: number;
}

/** Faults that were ordered, or what is wrong with the order, in one sentence. */
type Parsed = { readonly faults: readonly Fault[] } | { readonly problem: string };

/**
 * Reads faults as the header `x-practice-fault` and the option `--fault` order them, separated by commas:
 * `name`, then in any order `=value`, `@chunk=N`, `*attempts` and `%percent`, such as `429*2` or `cut@chunk=7%50`.
 */
export function parseFaults(text: string): Parsed {
  const faults: Fault[] = [];
  for (const item of text.split(',').map((part) => part.trim())) {
    const fault = parseFault(item);
    if (typeof fault === 'string') return { problem: fault };
    faults.push(fault);
  }
  return { faults };
}

/** A day of milliseconds, and more events than any answer has. Timers cannot wait for much longer. */
const mostValue = 24 * 3_600_000;

const form = /^([a-z\d]+(?:-[a-z\d]+)*)(.*)$/s;
const suffixes = /^(?:=\d+|@chunk=\d+|\*\d+|%\d+(?:\.\d+)?)*$/;

function parseFault(text: string): Fault | string {
  const [, name = '', rest = ''] = form.exec(text) ?? [];
  if (name === 'refuse') {
    return "The practice fault 'refuse' is for the whole server and stands alone: first-token serve --fault refuse.";
  }
  if (!isFaultName(name)) {
    return `The practice server does not know the fault '${text}': it knows ${Object.keys(faultKinds).sort().join(', ')}.`;
  }
  if (!suffixes.test(rest)) {
    return `The practice fault '${text}' cannot be read: behind its name come =N, @chunk=N, *N or %N with a number each.`;
  }
  const { value, chunk } = kindOf(name);
  const given = (mark: RegExp) => {
    const number = mark.exec(rest)?.[1];
    return number === undefined ? undefined : Number(number);
  };
  const [ownValue, ownChunk] = [given(/(?<!@chunk)=(\d+)/), given(/@chunk=(\d+)/)];
  if (ownValue !== undefined && value === undefined)
    return `The practice fault '${name}' takes no value: leave '=${ownValue}' out.`;
  if (ownValue !== undefined && ownValue > mostValue) {
    return `The practice fault '${name}' takes at most ${mostValue}.`;
  }
  if (ownChunk !== undefined && chunk === undefined) {
    return `The practice fault '${name}' has no position: leave '@chunk=${ownChunk}' out.`;
  }
  return {
    name,
    text,
    value: ownValue ?? value ?? 0,
    chunk: ownChunk ?? (typeof chunk === 'number' ? chunk : Number.POSITIVE_INFINITY),
    attempts: given(/\*(\d+)/) ?? Number.POSITIVE_INFINITY,
    probability: (given(/%(\d+(?:\.\d+)?)/) ?? 100) / 100,
  };
}

/** The first fault of a name among those that happen. */
export const faultNamed = (faults: readonly Fault[] | undefined, name: FaultName): Fault | undefined =>
  faults?.find((fault) => fault.name === name);
