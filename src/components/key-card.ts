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

/** What is known of keys, and the endpoint in use. */
export interface KeyView {
  readonly keys: KeyReport;
  readonly endpoint: EndpointLabel;
  /** The variable with the key of the endpoint; none where it takes none. */
  readonly keyName?: string | null;
}

function inUse({ endpoint: { kind }, keyName, keys: { key } }: KeyView): string {
  if (kind === 'compatible') {
    return keyName ? `the one in \`${visible(keyName)}\`` : 'none: no variable is named for this server';
  }
  const isYours = kind === 'openai' && key !== null;
  const used = isYours ? key.value : practiceKey;
  return `${maskKey(used)} · ${used.length} characters · ${isYours ? 'yours' : 'the practice key'}`;
}

/** Which key is in use and where it came from, masked; and how to make one where there is none. */
export function keyCard(view: KeyView, step: StepSummary | null, width: number): Line[] {
  const { endpoint, keys } = view;
  const { key, problems } = keys;
  const sent = step?.attempts.at(-1)?.sentHeaders.find(([name]) => name === 'authorization');
  const yours = key
    ? `${key.masked} · ${key.length} characters · from ${visible(describeSource(key.source))}`
    : problems.length > 0
      ? 'none that can be used'
      : 'none found, neither in the environment nor in `.env`';
  return [
    ...row('in use', inUse(view), width),
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
