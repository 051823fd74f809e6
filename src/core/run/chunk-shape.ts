import { read } from './reading.ts';
import { isRecord } from './value-diff.ts';

/** What a chunk is there for; `other` brings something that is none of these, and `empty` nothing. */
type ChunkKind = 'role' | 'text' | 'refusal' | 'call' | 'finish' | 'usage' | 'other' | 'empty';

/** What a chunk is there for; one that does several things is named after what counts most. */
function chunkKind(chunk: unknown): ChunkKind {
  const { choices, usage } = read(chunk);
  if (choices.length === 0) return usage ? 'usage' : 'empty';
  const has = (holds: (choice: (typeof choices)[number]) => unknown) => choices.some(holds);
  if (has(({ toolCalls }) => toolCalls.length > 0)) return 'call';
  if (has(({ content }) => content)) return 'text';
  if (has(({ refusal }) => refusal)) return 'refusal';
  if (has(({ finishReason }) => finishReason)) return 'finish';
  if (bringsMore(chunk)) return 'other';
  return has(({ role }) => role) ? 'role' : 'empty';
}

const known: ReadonlySet<string> = new Set(['role', 'content', 'refusal', 'tool_calls']);

/** Whether a delta has something in it that is none of the usual. */
function bringsMore(chunk: unknown): boolean {
  if (!isRecord(chunk) || !Array.isArray(chunk.choices)) return false;
  return chunk.choices.some((choice) => {
    const delta = isRecord(choice) ? choice.delta : null;
    return isRecord(delta) && Object.keys(delta).some((key) => !known.has(key) && isSaid(delta[key]));
  });
}

const isSaid = (value: unknown): boolean => value != null && value !== '';

/** What the chunks of a stream are like. */
export interface ChunkShape {
  /** The kinds of chunk in their order, those that follow one another as one; the first few of many. */
  readonly order: string;
  readonly empty: number;
  /** Every key that some chunk has, such as `choices[].delta.content`, and the types that it has there. */
  readonly types: ReadonlyMap<string, ReadonlySet<string>>;
}

const mostKinds = 8;

export function shapeOf(chunks: readonly unknown[]): ChunkShape {
  const kinds: ChunkKind[] = [];
  const types = new Map<string, Set<string>>();
  let empty = 0;
  for (const chunk of chunks) {
    const kind = chunkKind(chunk);
    if (kind === 'empty') empty++;
    if (kind !== kinds.at(-1) && kinds.length <= mostKinds) kinds.push(kind);
    collectTypes(chunk, '', types);
  }
  const order = kinds.slice(0, mostKinds).join(', ') + (kinds.length > mostKinds ? ', …' : '');
  return { order, empty, types };
}

const deepest = 16;

function collectTypes(value: unknown, path: string, types: Map<string, Set<string>>, depth = 0): void {
  if (depth > deepest) return;
  if (Array.isArray(value)) {
    for (const item of value) collectTypes(item, `${path}[]`, types, depth + 1);
  } else if (isRecord(value)) {
    for (const [key, inner] of Object.entries(value)) {
      const at = path === '' ? key : `${path}.${key}`;
      const known = types.get(at) ?? new Set<string>();
      types.set(at, known.add(typeName(inner)));
      collectTypes(inner, at, types, depth + 1);
    }
  }
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
