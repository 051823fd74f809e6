import { recordOf } from '../json.ts';

/**
 * The choices of a chunk with their texts changed: whatever a delta is made of, now or in a later version. The same
 * value where nothing changed.
 *
 * @param change gets each text with its place, such as that of the arguments of a tool call of a choice
 */
export function mapTexts(
  value: unknown,
  path: string,
  change: (place: string, text: string) => string,
): unknown {
  if (typeof value === 'string') return change(path, value);
  if (!isObject(value)) return value;
  const changed = new Map<string, unknown>();
  for (const key of Object.keys(value)) {
    const field = value[key];
    if (typeof field !== 'string' && !isObject(field)) continue;
    // A list holds one choice or call, at any place: the `index` in it says which.
    const { index = key } = Array.isArray(value) ? recordOf(field) : { index: key };
    const kept = mapTexts(field, `${path}/${index}`, change);
    if (kept !== field) changed.set(key, kept);
  }
  if (changed.size === 0) return value;
  const fields = Object.entries(value).map(([key, field]) => [key, changed.get(key) ?? field] as const);
  return Array.isArray(value) ? fields.map(([, field]) => field) : Object.fromEntries(fields);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
