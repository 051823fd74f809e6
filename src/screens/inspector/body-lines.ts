import { type Line, line } from '../../components/line.ts';
import { jsonLines } from '../../core/inspect/json-lines.ts';
import { visible } from '../../core/visible.ts';
import { hardWrap } from './hard-wrap.ts';
import { jsonDetail } from './json-detail.ts';

/** More of a text that is no JSON is not laid out. */
const longestText = 20_000;

interface LaidOut {
  readonly text: string;
  readonly kind: string;
  readonly width: number;
  readonly lines: readonly Line[];
}

/** The last bodies laid out: a screen asks for the same ones every frame. */
let known: readonly LaidOut[] = [];

/**
 * A body in lines of `width` cells: JSON with what its keys mean, anything else as it came.
 *
 * @param kind what the body is, for the meanings: `request`, or else what it says of itself counts
 */
export function bodyLines(text: string, kind: '' | 'request', width: number): readonly Line[] {
  const same = known.find((each) => each.width === width && each.kind === kind && each.text === text);
  if (same) return same.lines;
  const lines = layOut(text, kind, width);
  known = [...known.slice(-3), { text, kind, width, lines }];
  return lines;
}

function layOut(text: string, kind: string, width: number): readonly Line[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const rows = visible(text.slice(0, longestText)).split('\n');
    return [
      ...rows.flatMap((row) => hardWrap(line(row), width)),
      ...(text.length > longestText ? [line('… more, not laid out here', 'muted')] : []),
    ];
  }
  return jsonDetail(jsonLines(value), kind || objectOf(value), width);
}

/** What a body says that it is, such as `chat.completion`. */
function objectOf(value: unknown): string | undefined {
  const kind = typeof value === 'object' && value !== null && 'object' in value ? value.object : undefined;
  return typeof kind === 'string' ? kind : undefined;
}

const jsonOf = new WeakMap<object, string>();

/** A body that is there as an object only, as JSON; made once. */
export function jsonText(body: unknown): string {
  if (typeof body !== 'object' || body === null) return JSON.stringify(body) ?? '';
  const text = jsonOf.get(body) ?? JSON.stringify(body);
  jsonOf.set(body, text);
  return text;
}
