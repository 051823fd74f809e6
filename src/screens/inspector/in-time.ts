import type { RunLog } from '../../core/run/log.ts';
import { moments } from '../../core/run/moments.ts';
import { type Replay, speeds } from '../../core/run/replay.ts';
import { within } from '../clamp.ts';

/** Plays on, or pauses; where a request is over or followed, it is played again from its beginning. */
export function playOrPause(replay: Replay, run: RunLog, step: number): void {
  if (replay.isPlaying) {
    replay.pause();
    return;
  }
  const isOver = replay.log.summary.steps[step]?.outcome != null;
  if (isOver || replay.isFollowing) replay.seek(run.summary.steps[step]?.offsetMs ?? 0);
  replay.play();
}

/** One speed faster or slower. */
export function turnSpeed(replay: Replay, by: 1 | -1): void {
  const at = speeds.indexOf(replay.speed);
  replay.setSpeed(speeds[within(at + by, speeds.length - 1)]!);
}

/** Goes on behind the next chunk of a request or to its end, or back behind the one before or to its beginning. */
export function goStep(replay: Replay, step: number, by: 1 | -1): void {
  const last = by > 0 ? 'step-end' : 'step-start';
  replay.step(by, (event) => (event.type === 'chunk' || event.type === last) && event.step === step);
}

/** Goes to the next moment of a request that has a name, from the last to the first. */
export function goToNextMoment(replay: Replay, run: RunLog, step: number): void {
  const all = moments(run, step);
  const { length } = replay.log.events;
  const next = all.find(({ count }) => count > length) ?? all[0];
  if (next) replay.goTo(next.count);
}
