import { formatMs } from '../run/figures.ts';
import type { RunLog, StepRows } from '../run/log.ts';
import { momentsOf } from '../run/moments.ts';
import { readAnswer } from '../run/reading.ts';
import { isKnownEndpoint } from '../run/recording-order.ts';
import type { StepSummary } from '../run/summary.ts';
import { visible } from '../visible.ts';
import { largestGap, untimedText } from './known-times.ts';

const width = 960;
const left = 24;
const right = width - 24;
/** Rows from the top: the gap, the chunks, the bar, the moments below it, the scale. */
const gapY = 84;
const chunksY = 116;
const barY = 124;
const momentsY = 160;
const rowHeight = 20;

// Colours by meaning, readable on the ground that the viewer prefers.
const style = `
.ground{fill:#fff}.rule{stroke:#8c959f}.moment{stroke:#57606a;stroke-dasharray:2 3}
.wait{fill:#d0d7de}.role{stroke:#57606a}.content{stroke:#116329}.writing{fill:#1a7f37}.gap{stroke:#9a6700;fill:none}.failed{fill:#cf222e}
text{font:13px ui-monospace,Menlo,Consolas,monospace;fill:#1f2328}.title{font-size:16px;font-weight:bold}.muted{fill:#57606a}
@media (prefers-color-scheme:dark){
.ground{fill:#0d1117}.rule{stroke:#6e7681}.moment{stroke:#8b949e}
.wait{fill:#30363d}.role{stroke:#8b949e}.content{stroke:#56d364}.writing{fill:#2ea043}.gap{stroke:#d29922}.failed{fill:#f85149}
text{fill:#e6edf3}.muted{fill:#8b949e}}
`;

/**
 * The time line of one request as an SVG that needs nothing else: its tries, headers, first event, first and last
 * content and end, each chunk as a tick, and the largest gap. No scripts, no fonts of its own; a title and a
 * description say it in words.
 */
export function svgOf(log: RunLog, step: number): string {
  const summary = log.summary.steps[step];
  if (!summary) return frame('No such request', 'There is no such request in this run.', 40, []);
  const rows = log.rows(step);
  const title = `${log.summary.experiment}: ${summary.label}`;
  const moments = momentsOf(summary);
  const totalMs = Math.max(
    ...moments.map(({ atMs }) => atMs),
    summary.lastChunkMs ?? 0,
    lastTryMs(summary),
    1,
  );
  const scaleY = momentsY + Math.max(1, moments.length) * rowHeight + 16;
  const words = wordsOf(summary, rows);
  return frame(title, words, scaleY + 40, [
    text(left, 30, clipped(title), 'title'),
    text(left, 52, clipped(words.split('. ', 1)[0]!), 'muted'),
    ...(moments.length > 0 ? drawing(summary, rows, totalMs, scaleY) : []),
    untimedText(summary) ? text(left, scaleY + 28, untimedText(summary)!, 'muted') : '',
  ]);
}

function drawing(step: StepSummary, rows: StepRows, totalMs: number, scaleY: number): readonly string[] {
  const x = (ms: number) => round(left + (Math.max(0, Math.min(ms, totalMs)) / totalMs) * (right - left));
  return [
    ...bars(step, x, totalMs),
    ...(step.knownTimes === 'all' ? [...ticks(step, rows, x), ...gap(step, rows, x)] : []),
    ...momentMarks(step, x),
    ...scale(totalMs, x, scaleY),
  ];
}

type Place = (ms: number) => number;

/** What the time was spent on: tries that failed, waiting, writing. */
function bars(
  { attempts, firstContentMs, lastContentMs }: StepSummary,
  x: Place,
  totalMs: number,
): readonly string[] {
  const bar = (from: number, to: number, kind: string, what: string) =>
    `<rect class="${kind}" x="${x(from)}" y="${barY}" width="${round(Math.max(1, x(to) - x(from)))}" height="12"><title>${xml(what)}</title></rect>`;
  const failed = attempts.flatMap(({ startMs, headersMs, failedMs, status, failure }, index) => {
    const endMs = headersMs ?? failedMs;
    if (endMs === null || (failedMs === null && (status ?? 0) < 400)) return [];
    return bar(
      startMs,
      endMs,
      'failed',
      `try ${index + 1}: ${status ? `HTTP ${status}` : (failure ?? 'failed')}`,
    );
  });
  return [
    bar(0, totalMs, 'wait', 'waiting'),
    ...failed,
    ...(firstContentMs === null || lastContentMs === null
      ? []
      : [bar(firstContentMs, lastContentMs, 'writing', 'content comes')]),
  ];
}

/** A tick for each chunk, tall where it brings text; one for all that fall on the same half pixel. */
function ticks({ offsetMs }: StepSummary, { chunks }: StepRows, x: Place): readonly string[] {
  const places = new Map<number, boolean>();
  for (const { at, chunk } of chunks) {
    const place = Math.round(x(at - offsetMs) * 2) / 2;
    places.set(place, (places.get(place) ?? false) || Boolean(readAnswer(chunk).content));
  }
  return [...places].map(
    ([place, hasContent]) =>
      `<path class="${hasContent ? 'content' : 'role'}" d="M${place} ${chunksY}v${hasContent ? -20 : -10}"/>`,
  );
}

function gap(step: StepSummary, { chunks }: StepRows, x: Place): readonly string[] {
  const largest = largestGap(step, chunks);
  if (!largest) return [];
  const { fromMs, toMs, index } = largest;
  const label = `largest gap ${formatMs(toMs - fromMs)}, before #${index}`;
  return [
    `<path class="gap" d="M${x(fromMs)} ${gapY + 6}v-4H${x(toMs)}v4"/>`,
    anchored((x(fromMs) + x(toMs)) / 2, gapY - 4, label, 'muted'),
  ];
}

/** Each moment on a row of its own, so that none stands over another. */
function momentMarks(step: StepSummary, x: Place): readonly string[] {
  return momentsOf(step).flatMap(({ name, atMs }, index) => {
    const y = momentsY + index * rowHeight;
    return [
      `<path class="moment" d="M${x(atMs)} ${barY}V${y + 4}"/>`,
      anchored(x(atMs), y, `${name} ${formatMs(atMs)}`, ''),
    ];
  });
}

/** A line with round times on it. */
function scale(totalMs: number, x: Place, y: number): readonly string[] {
  const size = 10 ** Math.floor(Math.log10(totalMs));
  const step = [size / 5, size / 2, size, size * 2].find((each) => totalMs / each <= 8) ?? size * 2;
  const times = Array.from({ length: Math.floor(totalMs / step) + 1 }, (_, index) => index * step);
  return [
    `<path class="rule" d="M${left} ${y}H${right}"/>`,
    ...times.flatMap((ms) => [
      `<path class="rule" d="M${x(ms)} ${y}v5"/>`,
      ...(x(ms) < right - 60 ? [text(x(ms), y + 20, scaleText(ms, step), 'muted')] : []),
    ]),
  ];
}

const scaleText = (ms: number, step: number): string =>
  ms < 1000 && step < 1000 ? `${round(ms)} ms` : `${round(ms / 1000)} s`;

/** The same in words. */
function wordsOf(step: StepSummary, { chunks }: StepRows): string {
  const { target, status, outcome, error, attempts } = step;
  const host = isKnownEndpoint(target) ? URL.parse(target.baseURL)?.host : null;
  const who = target.kind === 'practice' ? 'practice' : (host ?? 'unknown');
  const how = status === null ? 'no answer' : `HTTP ${status}`;
  const moments = momentsOf(step).map(({ name, atMs }) => `${name} after ${formatMs(atMs)}`);
  const largest = largestGap(step, chunks);
  const sentences = [
    `${who}, ${how}, ${error?.className ?? outcome ?? 'not over'}${attempts.length > 1 ? `, ${attempts.length} tries` : ''}, ${chunks.length} chunks`,
    moments.join(', '),
    largest ? `the largest gap between two chunks was ${formatMs(largest.toMs - largest.fromMs)}` : '',
    untimedText(step)?.replace(/\.$/, '') ?? '',
  ];
  return `${sentences.filter(Boolean).map(capital).join('. ')}.`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const lastTryMs = ({ attempts }: StepSummary): number =>
  Math.max(0, ...attempts.map(({ startMs, headersMs, failedMs }) => headersMs ?? failedMs ?? startMs));

function frame(title: string, words: string, height: number, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="run-title run-words">`,
    `<title id="run-title">${xml(clipped(title))}</title>`,
    `<desc id="run-words">${xml(words)}</desc>`,
    `<style>${style}</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    ...parts.filter(Boolean),
    '</svg>\n',
  ].join('\n');
}

const text = (x: number, y: number, content: string, kind: string, anchor = ''): string =>
  `<text x="${round(x)}" y="${y}"${kind && ` class="${kind}"`}${anchor}>${xml(content)}</text>`;

/** A label at a place, on the side of it where there is more room. */
const anchored = (x: number, y: number, label: string, kind: string): string =>
  x > width / 2 ? text(x - 5, y, label, kind, ' text-anchor="end"') : text(x + 5, y, label, kind);

const round = (value: number): number => Math.round(value * 100) / 100;

/** As much as the picture is wide. */
const clipped = (words: string): string => {
  const chars = Array.from(words.slice(0, 400));
  return chars.length > 90 ? `${chars.slice(0, 89).join('')}…` : words;
};

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Untrusted text in XML, which has no word for control characters: they are shown. */
const xml = (content: string): string =>
  visible(content.replaceAll('\n', ' '))
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"]/g, (char) => entities[char] ?? char);
