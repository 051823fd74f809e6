import { limitsOf, type Parts } from './cases.ts';
import { wholeFormats } from './formats.ts';
import { type Candidate, given, type Maker, type Place, unused } from './maker.ts';
import { standsBeside } from './words.ts';

interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly isLowOut: boolean;
  readonly isHighOut: boolean;
  /** What the number is a multiple of, 0 for anything. */
  readonly step: number;
}

/** Numbers that a schema may want: of the prompt, given ones, plain ones, and then whatever lies within its bounds. */
export function* numbers(parts: Parts, isInteger: boolean, place: Place, maker: Maker): Generator<Candidate> {
  const bounds = boundsOf(parts, isInteger);
  const within = (value: number): Candidate => ({ value: fitted(value, bounds) });
  const facts = unused(maker, 'number');
  const beside = facts.filter((fact) => standsBeside(maker.facts, fact, place.name));
  for (const fact of beside) yield { ...within(Number(fact.text)), fact };
  yield* given(parts, 'default');
  for (const fact of facts) yield { ...within(Number(fact.text)), fact };
  yield* given(parts, 'examples');
  if (place.isNullable && maker.used.hits > 0) yield { value: null };
  const base = fitted(1, bounds);
  for (const value of [
    base,
    fitted(0, bounds),
    bounds.low,
    bounds.high,
    base + 0.5,
    (bounds.low + bounds.high) / 2,
  ]) {
    if (Number.isFinite(value)) yield { value };
  }
  const step = bounds.step || 1;
  for (let i = 1; i <= 400; i++) {
    for (const value of [base + i * step, base - i * step]) {
      if (value >= bounds.low && value <= bounds.high) yield { value };
    }
  }
  const from = Math.max(bounds.low, Math.min(bounds.high, 0) - 1e6);
  const range = Math.min(bounds.high, from + 2e6) - from;
  for (let i = 0; i < 400 && range > 0; i++) yield within(from + maker.random() * range);
}

function boundsOf(parts: Parts, isInteger: boolean): Bounds {
  const all = (keyword: string) => limitsOf(parts, keyword);
  const outLow = Math.max(Number.NEGATIVE_INFINITY, ...all('exclusiveMinimum'));
  const outHigh = Math.min(Number.POSITIVE_INFINITY, ...all('exclusiveMaximum'));
  const inLow = Math.max(Number.NEGATIVE_INFINITY, ...all('minimum'));
  const inHigh = Math.min(Number.POSITIVE_INFINITY, ...all('maximum'));
  const isWhole = isInteger || parts.some(({ format }) => wholeFormats.has(format));
  return {
    low: Math.max(outLow, inLow),
    high: Math.min(outHigh, inHigh),
    isLowOut: outLow >= inLow,
    isHighOut: outHigh <= inHigh,
    step: all('multipleOf')
      .filter((step) => step > 0)
      .reduce(commonStep, isWhole ? 1 : 0),
  };
}

/** The smallest multiple of one number that is one of another, too, as far as that is soon found. */
function commonStep(one: number, other: number): number {
  if (one === 0) return other;
  for (let i = 1; i <= 1000; i++) {
    if (Number.isInteger((other * i) / one)) return other * i;
  }
  return other;
}

/** The number within bounds that is nearest to a number, or about so. */
function fitted(value: number, { low, high, isLowOut, isHighOut, step }: Bounds): number {
  if (step > 0) {
    const least = Math.ceil(low / step) + (isLowOut && Math.ceil(low / step) * step <= low ? 1 : 0);
    const most = Math.floor(high / step) - (isHighOut && Math.floor(high / step) * step >= high ? 1 : 0);
    return Math.max(Math.min(Math.trunc(value / step), most), least) * step;
  }
  if (value < low || (isLowOut && value === low)) return isLowOut ? between(low, high) : low;
  if (value > high || (isHighOut && value === high)) return isHighOut ? between(low, high) : high;
  return value;
}

function between(low: number, high: number): number {
  if (!Number.isFinite(low)) return high - 1;
  if (!Number.isFinite(high)) return low + 1;
  return low + (high - low) / 2;
}
