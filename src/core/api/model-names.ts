/** More than any known server has; what comes behind them is left out. */
const mostNames = 1_000;

/** A name longer than this is none. */
const longestName = 200;

/** Far more than any known list takes (that of a large router: 1 MB). */
const mostBytes = 16 * 1024 * 1024;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/**
 * The names in a list of models, in the order of the alphabet; null for what is no such list. Servers differ:
 * `{data: […]}` as OpenAI has it, `{models: […]}`, or a bare list, of objects with an `id` or a `name`, or of names.
 * Null stands for an empty list in some.
 */
export function modelNames(body: unknown): readonly string[] | null {
  const list = listIn(body);
  if (!list) return null;
  const names = list.map(nameOf).filter((name) => name !== null);
  return [...new Set(names)]
    .slice(0, mostNames)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : 1));
}

function listIn(body: unknown): readonly unknown[] | null {
  if (Array.isArray(body)) return body;
  if (!isRecord(body)) return null;
  const list = [body.data, body.models].find(Array.isArray);
  return list ?? (body.object === 'list' && body.data === null ? [] : null);
}

function nameOf(model: unknown): string | null {
  const names = isRecord(model) ? [model.id, model.name, model.model] : [model];
  const name = names.find((each) => typeof each === 'string');
  return name && name.length <= longestName ? name : null;
}

/** The JSON of a response; undefined where it is none, or too long for a list of models. */
export async function readJson(response: Response): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    // Leaving the loop closes the connection.
    if (size > mostBytes) return undefined;
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString());
  } catch {
    return undefined;
  }
}
