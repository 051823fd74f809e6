import { type Line, padEnd, span } from '../../components/line.ts';
import { wrapText } from '../../components/wrap.ts';
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
  return limits.flatMap((limit): Line[] => {
    const share = limit.remaining / limit.limit;
    const style = share === 0 ? 'error' : share < 0.1 ? 'warn' : 'ok';
    const drawn = bar > 0 ? `${meter(share, bar)} ` : '';
    return wrapText(inNumbers(limit), width - nameCells - drawn.length).map(
      (row, at): Line => [
        span(padEnd(at === 0 ? limit.what : '', nameCells), 'muted'),
        span(at === 0 ? drawn : '', style),
        ...row,
      ],
    );
  });
}

function inNumbers({ limit, remaining, resetMs }: RateLimit): string {
  const reset = resetMs === null || remaining === limit ? '' : ` · full again in ${formatMs(resetMs)}`;
  return `${remaining} of ${limit} left${reset}`;
}
