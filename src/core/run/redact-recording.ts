import { recordOf } from '../json.ts';
import type { Redactor } from '../mask.ts';
import { mapTexts } from './chunk-texts.ts';
import type { RunEvent, RunEventOf } from './events.ts';
import { hasStarredPieces } from './star-pieces.ts';

/**
 * A run as it may be kept: masked also where a secret came in pieces, over several reads or over several chunks.
 * Each piece alone is none, and so passed the choke point of the run; a file would hold them side by side.
 */
export function redactRecording(events: readonly RunEvent[], redact: Redactor): readonly RunEvent[] {
  const kept = new Map<RunEvent, RunEvent>();
  const steps = Map.groupBy(events, (event) => ('step' in event ? event.step : -1));
  steps.delete(-1);
  for (const step of steps.values()) {
    const chunks = step.filter((event) => event.type === 'chunk');
    const starred = starChunks(chunks, redact);
    const reads = step.filter((event) => event.type === 'read');
    const rows = step.filter((event) => event.type === 'event');
    for (const row of rows) {
      const chunk = starred.get(row.index);
      if (chunk) kept.set(row, { ...row, data: JSON.stringify(chunk.chunk) });
    }
    for (const chunk of chunks) kept.set(chunk, starred.get(chunk.index) ?? chunk);
    const hidden = rows.filter(({ index }) => starred.has(index));
    for (const tries of Map.groupBy(reads, ({ attempt }) => attempt).values())
      starReads(tries, hidden, redact, kept);
  }
  return events.map((event) => kept.get(event) ?? event);
}

type Chunk = RunEventOf<'chunk'>;

/** The chunks, by index, whose pieces of text make up a secret, without all that could tell it. */
function starChunks(chunks: readonly Chunk[], redact: Redactor): ReadonlyMap<number, Chunk> {
  const pieces = chunks.flatMap((chunk) => piecesOf(chunk.chunk).map((piece) => ({ ...piece, chunk })));
  const hidden = new Set(chunks.filter(hasStarredPieces));
  for (const texts of Map.groupBy(pieces, ({ place }) => place).values()) {
    const encoded = texts.map(({ text }) => Buffer.from(text));
    const joined = Buffer.concat(encoded);
    const masked = redact.bytes(joined);
    if (masked === joined) continue;
    let at = 0;
    for (const [index, bytes] of encoded.entries()) {
      if (!bytes.equals(masked.subarray(at, at + bytes.length))) hidden.add(texts[index]!.chunk);
      at += bytes.length;
    }
  }
  return new Map([...hidden].map((chunk) => [chunk.index, { ...chunk, chunk: starred(chunk.chunk) }]));
}

interface Piece {
  /** Which text it is part of. */
  readonly place: string;
  readonly text: string;
}

/** Every text in the choices of a chunk, with its place. */
function piecesOf(chunk: unknown): readonly Piece[] {
  const pieces: Piece[] = [];
  mapTexts(recordOf(chunk).choices, '', (place, text) => {
    pieces.push({ place, text });
    return text;
  });
  return pieces;
}

/** Words of the protocol, which tell nothing. */
const plainKeys = new Set(['role', 'type', 'finish_reason']);

/** A chunk with stars for every text in its choices. */
function starred(chunk: unknown): unknown {
  return { ...recordOf(chunk), choices: star(recordOf(chunk).choices) };

  function star(value: unknown): unknown {
    if (typeof value === 'string') return '*'.repeat(value.length);
    if (Array.isArray(value)) return value.map((item) => (typeof item === 'number' ? 0 : star(item)));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [key, plainKeys.has(key) ? field : star(field)]),
    );
  }
}

/** Stars over what a secret left in the bytes of one body, however they were split. */
function starReads(
  reads: readonly RunEventOf<'read'>[],
  hidden: readonly RunEventOf<'event'>[],
  redact: Redactor,
  kept: Map<RunEvent, RunEvent>,
): void {
  const joined = new Uint8Array(Buffer.concat(reads.map(({ bytes }) => bytes)));
  const masked = redact.bytes(joined);
  if (masked === joined && hidden.length === 0) return;
  const base = reads[0]?.start ?? 0;
  const within = (at: number) => Math.max(0, at - base);
  for (const { start, end } of hidden) masked.fill(0x2a, within(start), within(end));
  let at = 0;
  for (const read of reads) {
    const end = at + read.bytes.length;
    kept.set(read, { ...read, bytes: masked.slice(at, end) });
    at = end;
  }
}
