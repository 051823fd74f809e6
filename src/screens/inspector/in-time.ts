import type { RunLog } from '../../core/run/log.ts';
import { moments } from '../../core/run/moments.ts';
import { type Replay, speeds } from '../../core/run/replay.ts';
import { within } from '../clamp.ts';

/** Plays a run again, or pauses. */
export function playOrPause(replay: Replay): void {
  if (replay.isPlaying) replay.pause();
  else replay.play();
}

/** One speed faster or slower. */
export function turnSpeed(replay: Replay, by: 1 | -1): void {
  const at = speeds.indexOf(replay.speed);
  replay.setSpeed(speeds[within(at + by, speeds.length - 1)]!);
}

/** Goes to the next moment of a request that has a name, from the last to the first. */
export function goToNextMoment(replay: Replay, run: RunLog, step: number): void {
  const all = moments(run, step);
  const { atMs } = replay;
  const next = all.find((moment) => moment.atMs > atMs + 0.001) ?? all[0];
  if (!next) return;
  replay.pause();
  replay.seek(next.atMs);
}
