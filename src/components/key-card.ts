import { practiceKey } from '../core/api/endpoint.ts';
import { describeSource, type KeyReport } from '../core/api/keys.ts';
import { maskKey } from '../core/mask.ts';
import type { EndpointLabel } from '../core/run/events.ts';
import type { StepSummary } from '../core/run/summary.ts';
import { visible } from '../core/visible.ts';
import { blank, type Line, span } from './line.ts';
import { wrapParagraph } from './wrap.ts';

const row = (label: string, text: string, width: number): Line[] =>
  wrapParagraph(text, width - 13).map(
    (spans, index): Line => [span(index === 0 ? ` ${label.padEnd(12)}` : ' '.repeat(13), 'muted'), ...spans],
  );

function inUse({ kind }: EndpointLabel, key: KeyReport['key'], isSent: boolean | null): string {
  if (kind === 'compatible') {
    if (isSent === null) return 'the one whose variable is named for this server, if any';
    return isSent ? 'the one named for this server' : 'none: no variable is named for this server';
  }
  const isYours = kind === 'openai' && key !== null;
  const used = isYours ? key.value : practiceKey;
  return `${maskKey(used)} · ${used.length} characters · ${isYours ? 'yours' : 'the practice key'}`;
}

/** Which key is in use and where it came from, masked; and how to make one where there is none. */
export function keyCard(
  { key, problems }: KeyReport,
  endpoint: EndpointLabel,
  step: StepSummary | null,
  width: number,
): Line[] {
  const sent = step?.attempts.at(-1)?.sentHeaders.find(([name]) => name === 'authorization');
  const yours = key
    ? `${key.masked} · ${key.length} characters · from ${visible(describeSource(key.source))}`
    : problems.length > 0
      ? 'none that can be used'
      : 'none found, neither in the environment nor in `.env`';
  return [
    ...row('in use', inUse(endpoint, key, step === null ? null : sent !== undefined), width),
    ...row('your key', yours, width),
    ...(sent ? row('sent with', `\`authorization: ${visible(sent[1])}\``, width) : []),
    ...problems.flatMap((problem) =>
      wrapParagraph(visible(problem), width - 13, 'warn').map(
        (spans, index): Line => [span(index === 0 ? ' !           ' : ' '.repeat(13), 'warn'), ...spans],
      ),
    ),
    // Another server takes keys of its own.
    ...(key || endpoint.kind === 'compatible'
      ? []
      : row(
          'to make one',
          'platform.openai.com, API keys; then a file `.env` with `OPENAI_API_KEY=sk-…`',
          width,
        )),
    blank,
  ];
}
