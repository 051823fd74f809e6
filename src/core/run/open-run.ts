import { recordOf } from '../json.ts';
import { createRedactor, type Redactor, secretsIn } from '../mask.ts';
import type { RunEvent } from './events.ts';
import { parseObject } from './import-answer.ts';
import { importHar } from './import-har.ts';
import { importCapture, noCapture } from './import-sse.ts';
import type { Recording } from './recording.ts';
import { isDeep } from './recording-body.ts';
import { readRecording } from './recording-read.ts';
import { redactEvent } from './redact.ts';
import { redactRecording } from './redact-recording.ts';

/**
 * The run in a file: a recording, what `curl -N` printed, or a HAR file, told apart by what is in them. Where it is none
 * of these there are no events, and one problem says so. Never throws.
 *
 * Secrets in headers are masked, there and wherever they stand, whether they are known here or not.
 *
 * @param name what a capture is called, which has no name of its own
 */
export function openRun(bytes: Uint8Array, name: string, redact: Redactor = createRedactor([])): Recording {
  const { events: all, problems, notes } = readAny(utf8(bytes), name);
  const { events, tooDeep } = withoutDeep(all);
  const secrets = events.flatMap((event) => ('headers' in event ? secretsIn(event.headers) : []));
  // Each pass takes a copy of every chunk, however large.
  const passes = secrets.length > 0 ? [createRedactor(secrets), redact] : [redact];
  return {
    events: passes.reduce(masked, events),
    problems: tooDeep === 0 ? problems : [...problems, tooDeepText(tooDeep)],
    notes,
  };
}

/** A run that is masked also where a secret came in pieces: a screen would show them side by side. */
function masked(events: readonly RunEvent[], redact: Redactor): readonly RunEvent[] {
  const whole = events.map((event) => redactEvent(event, redact));
  return redact.hasSecrets ? redactRecording(whole, redact) : whole;
}

/** So much of a file's beginning tells what it is. */
const headBytes = 65_536;

function readAny(bytes: Uint8Array, name: string): Recording {
  const head = decoder.decode(bytes.subarray(0, headBytes));
  // An answer may have a `type` in it, too.
  const likely = /^\s*\{\s*"(?:recording|type)"\s*:/m.test(head) ? readRecording(bytes) : null;
  if (likely && likely.events.length > 0) return likely;
  const har = /^\s*\{/.test(head) && head.includes('"log"') ? readHar(bytes, head) : null;
  if (har) return har;
  const capture = importCapture(bytes, name);
  if (capture.events.length > 0) return capture;
  if (likely) return likely;
  // Somebody may have written the keys in another order.
  const recording = readRecording(bytes);
  if (recording.events.length > 0) return recording;
  const [problem] = capture.problems;
  return { ...capture, problems: [problem === noCapture ? noneOf(bytes) : problem!] };
}

const noneOf = (bytes: Uint8Array): string =>
  bytes.length === 0
    ? 'There is nothing in it.'
    : 'This is no recording, no stream that curl -N saved and no HAR file.';

function readHar(bytes: Uint8Array, head: string): Recording | null {
  const har = parseObject(decoder.decode(bytes));
  if (har) return Array.isArray(recordOf(har.log).entries) ? importHar(har) : null;
  return /^\s*\{\s*"log"\s*:/.test(head)
    ? { events: [], problems: ['This HAR file is damaged or cut off: it is no valid JSON.'], notes: [] }
    : null;
}

/** No view could walk through such a value, nor could it be written again. */
function withoutDeep(all: readonly RunEvent[]) {
  let tooDeep = 0;
  const events = all.map((event): RunEvent => {
    if (event.type === 'chunk' && isDeep(event.chunk)) {
      tooDeep++;
      return { ...event, chunk: null };
    }
    if (event.type === 'response' && isDeep(event.body)) {
      tooDeep++;
      return { ...event, body: null };
    }
    return event;
  });
  return { events, tooDeep };
}

const tooDeepText = (count: number): string =>
  count === 1
    ? 'One answer is nested too deeply to be shown, and stands there empty.'
    : `${count} chunks are nested too deeply to be shown, and stand there empty.`;

const decoder = new TextDecoder();

/** PowerShell writes what a program prints as UTF-16; and a mark may stand before any text. */
function utf8(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return Buffer.from(new TextDecoder('utf-16le').decode(bytes));
  return first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes;
}
