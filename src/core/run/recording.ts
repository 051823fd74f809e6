import type { Clock } from '../clock.ts';
import { jsonLine } from '../visible.ts';
import type { RunEvent } from './events.ts';
import { RunLog } from './log.ts';

/** What a file gave. The format is in RECORDING.md. */
export interface Recording {
  /** As a run appended them: a fold and the views take them as they are. */
  readonly events: readonly RunEvent[];
  /** What could not be read, a sentence each. */
  readonly problems: readonly string[];
  /** What a file of its form cannot say, a sentence each. */
  readonly notes: readonly string[];
}

/** The version of the format that is written, and the newest that is read in full. */
export const recordingVersion = 1;

/** A run as the text of a file: a line that names the format, then a line of JSON for each event. */
export function writeRecording(events: readonly RunEvent[]): string {
  const head = { recording: 'first-token', version: recordingVersion, events: events.length };
  return [head, ...events.map(portable)].map((line) => `${jsonLine(line)}\n`).join('');
}

/** An event as JSON can hold it: the bytes of a read in base64. */
export function portable(event: RunEvent): object {
  return event.type === 'read' ? { ...event, bytes: Buffer.from(event.bytes).toString('base64') } : event;
}

/** A log at rest. The end of a run is in it only if it was recorded. */
export function logOf({ events }: Pick<Recording, 'events'>, clock: Clock): RunLog {
  const log = new RunLog(clock);
  for (const event of events) log.append(event);
  return log;
}
