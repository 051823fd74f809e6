import { clip, type Line, padEnd, span } from '../../components/line.ts';
import { meter } from '../../core/inspect/plot.ts';
import { type RateLimit, rateLimits } from '../../core/inspect/rate-limits.ts';
import type { HeaderList } from '../../core/run/events.ts';
import { formatMs } from '../../core/run/figures.ts';

const nameCells = 9;
const longestBar = 20;
/** A shorter bar says nothing. */
const shortestBar = 4;

/** What is left of each rate limit that an answer reports, as a bar and in numbers. */
export function rateLimitLines(headers: HeaderList, width: number, isPlain: boolean): Line[] {
  const limits = rateLimits(headers);
  const room = width - nameCells - 1 - Math.max(0, ...limits.map((limit) => inNumbers(limit).length));
  const bar = isPlain || room < shortestBar ? 0 : Math.min(longestBar, room);
  return limits.map((limit): Line => {
    const share = limit.remaining / limit.limit;
    return [
      span(padEnd(limit.what, nameCells), 'muted'),
      span(bar > 0 ? `${meter(share, bar)} ` : '', share === 0 ? 'error' : share < 0.1 ? 'warn' : 'ok'),
      span(clip(inNumbers(limit), width - nameCells)),
    ];
  });
}

function inNumbers({ limit, remaining, resetMs }: RateLimit): string {
  const reset = resetMs === null || remaining === limit ? '' : ` · full again in ${formatMs(resetMs)}`;
  return `${remaining} of ${limit} left${reset}`;
}
