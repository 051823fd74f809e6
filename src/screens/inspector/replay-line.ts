import type { Look } from '../../components/box.ts';
import { type Line, line, span } from '../../components/line.ts';
import { formatMs } from '../../core/run/figures.ts';
import { within } from '../clamp.ts';
import type { Inspection } from './inspection.ts';

/** The moment that is looked at, on a line from the beginning of the request to its end; times count from there. */
export function replayLine(inspection: Inspection, isLive: boolean, width: number, look: Look): Line {
  const { isPlaying, isFollowing, speed } = inspection.replay;
  const still = isFollowing && isLive ? 'live' : isAtEnd(inspection, isLive) ? 'at the end' : 'paused';
  const { share, said } = placeOf(inspection);
  const atSpeed = still === 'paused' && speed !== 1 ? ` at ${speed}×` : '';
  const words = ` ${isPlaying ? `playing at ${speed}×` : still + atSpeed}  ${said}  `;
  if (look.isPlain) return line(words);
  const room = Math.max(4, width - words.length - 3);
  const at = Math.round(share * (room - 1));
  return [
    span(words, isPlaying ? 'accent' : 'muted'),
    span('━'.repeat(at), 'accent'),
    span('●', 'accent'),
    span('─'.repeat(Math.max(0, room - 1 - at)), 'muted'),
  ];
}

/** Of a run that goes on, the newest is no end. */
const isAtEnd = ({ isWhole, log, step }: Inspection, isLive: boolean): boolean =>
  isWhole && (!isLive || log.summary.steps[step]?.outcome != null);

/** Where in the request the moment is, as a share of it and in words; without times, by how much has come. */
function placeOf({ replay, requests, step, log, run, isWhole }: Inspection) {
  const request = requests[step];
  const fromMs = request?.offsetMs ?? 0;
  const endMs = request?.endMs ?? Math.max(0, replay.endMs - fromMs);
  const atMs = within(replay.atMs - fromMs, endMs);
  if (request?.knownTimes === 'none') {
    return { share: isWhole ? 1 : log.events.length / run.log.events.length, said: '' };
  }
  const share = endMs > 0 ? atMs / endMs : 1;
  const isBefore = replay.atMs < fromMs;
  return { share, said: isBefore ? 'before this request' : `${formatMs(atMs)} of ${formatMs(endMs)}` };
}
