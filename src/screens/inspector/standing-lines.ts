import { blank, type Line, type Span, span } from '../../components/line.ts';
import type { Style } from '../../components/theme.ts';
import { type StandingRow, standingRows } from '../../core/inspect/standing-rows.ts';
import { visible } from '../../core/visible.ts';
import type { Assembled } from './assembly-steps.ts';
import { hardWrap } from './hard-wrap.ts';

/** The object after the marked chunk; in little room what is new of it comes first, too. */
export function standingLines(
  { standing, count, marked }: Assembled,
  width: number,
  height: number,
  isPlain: boolean,
): Line[] {
  const steps = standing.steps(marked, 1);
  const rows = standingRows(standing.after(marked), steps);
  const draw = (row: StandingRow) => rowLines(row, width, isPlain);
  const flat = steps.slice(0, Math.max(1, Math.floor(height / 4))).map(({ path, added }): StandingRow => {
    const row = rows.find((each) => each.path === path && each.fresh !== '');
    return { path, old: '', fresh: added, rest: '', ...row, depth: 0, key: visible(path) };
  });
  const isLong = rows.length > height - 2;
  const head: Line = [
    span(`after #${marked}`, 'strong'),
    span(` of 0–${count - 1}${isPlain ? '' : ', ▌new▐'}`, 'muted'),
  ];
  return [head, ...(isLong ? flat.flatMap(draw) : []), blank, ...rows.flatMap(draw)];
}

function rowLines({ depth, key, old, fresh, rest }: StandingRow, width: number, isPlain: boolean): Line[] {
  const indent = ' '.repeat(depth * 2);
  const [from, to] = isPlain ? ['(new) ', ''] : ['▌', '▐'];
  const spans: Span[] = [
    ...(key === null ? [] : [span(key, 'name'), span(': ', 'muted')]),
    span(old, styleOf(old)),
    ...(fresh === '' ? [] : [span(from, 'accent'), span(fresh, 'strong'), span(to, 'accent')]),
    span(rest, 'string'),
  ];
  return hardWrap(spans, width - indent.length - 2, true).map(
    (each, row): Line => [span(row === 0 ? indent : `${indent}  `), ...each],
  );
}

const styleOf = (text: string): Style =>
  text.startsWith('"') ? 'string' : /^[-\d]/.test(text) ? 'number' : 'text';
