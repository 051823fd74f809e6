import type { Look } from '../../components/box.ts';
import {
  cellWidth,
  clip,
  clipStart,
  fitLine,
  type Line,
  lineWidth,
  span,
  spread,
} from '../../components/line.ts';
import { visible } from '../../core/visible.ts';
import type { Inspection } from './inspection.ts';
import { missingNote } from './opened-run.ts';
import { tabNames } from './tab.ts';

/** The names of the tabs, the open one marked; where there is little room, only that one with its place. */
export function tabLine(inspection: Inspection, width: number, look: Look): Line {
  const { tab } = inspection;
  const found = foundSpans(inspection, 16);
  const names = tabNames.flatMap((name) => [
    span(look.isPlain && name === tab ? `[${name}]` : ` ${name} `, name === tab ? 'selected' : 'muted'),
    span(' '),
  ]);
  if (1 + lineWidth(names) + lineWidth(found) <= width) return spread([span(' '), ...names], found, width);
  const place = `${tabNames.indexOf(tab) + 1} of ${tabNames.length}`;
  const open = [span(' '), span(` ${tab} `, 'selected'), span(` ${place}`, 'muted')];
  const room = Math.max(0, width - lineWidth(open) - 2);
  const right = lineWidth(found) <= room ? found : foundSpans(inspection, 6);
  return spread(open, fitLine(right, Math.min(room, lineWidth(right))), width);
}

/** What is filtered and found, the search in so many cells. */
const foundSpans = ({ finding: { filter, search }, hits }: Inspection, queryCells: number): Line => [
  span(filter ? `only ${filter} ` : '', 'accent'),
  span(search ? ` / ${clip(visible(search.query), queryCells)} ${hits.length} found ` : '', 'accent'),
];

/** Which run, which of its requests, and how it stands; with little room, what tells the request from the others. */
export function placeLine(
  { run, requests, log, step, isWhole }: Inspection,
  isLive: boolean,
  width: number,
): Line {
  const request = requests[step];
  const summary = log.summary.steps[step];
  const status = summary?.status ?? null;
  const unended = isWhole && !isLive ? 'breaks off' : 'going on';
  const code = span(status === null ? '' : String(status), (status ?? 0) < 400 ? 'ok' : 'error');
  const ending = summary?.outcome ?? (summary || !request ? unended : 'not begun');
  const mode = summary ? (summary.isStream ? 'stream' : 'normal') : '';
  const standing = (words: string): Line => [code, span(`  ${words} `, 'muted')];

  const id = visible(run.id);
  const missing = missingNote(run, width);
  if (requests.length < 2) {
    const right = standing(`${mode}  ${ending}`);
    const name = clipStart(id, width - lineWidth(right) - 2 - cellWidth(missing));
    return spread([span(` ${name}`, 'strong'), span(missing, 'warn')], right, width);
  }
  const label = visible(request?.label ?? '');
  const short = ` › ${step + 1} of ${requests.length}, ${label}`;
  const forms = [
    [` › request${short.slice(2)}`, `${mode}  ${ending}`],
    [short, `${mode}  ${ending}`],
    [short, ending],
  ] as const;
  const fits = ([which, words]: (typeof forms)[number]) =>
    1 + cellWidth(id + which + missing) + 1 + lineWidth(standing(words)) <= width;
  const [which, words] = forms.find(fits) ?? forms[2];
  const right = standing(words);
  const room = width - lineWidth(right) - 2 - cellWidth(missing);
  const left = clipStart(id, Math.max(shortestId, room - cellWidth(which))) + which;
  return spread([span(` ${clip(left, room)}`, 'strong'), span(missing, 'warn')], right, width);
}

/** Of the name of a run so much at least is kept. */
const shortestId = 8;
