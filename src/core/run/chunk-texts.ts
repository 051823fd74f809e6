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
  if (typeof value !== 'object' || value === null) return value;
  let isSame = true;
  const entries = Object.entries(value).map(([key, field]) => {
    // A list holds one choice or call, at any place: the `index` in it says which.
    const { index = key } = Array.isArray(value) ? recordOf(field) : { index: key };
    const kept = mapTexts(field, `${path}/${index}`, change);
    isSame &&= kept === field;
    return [key, kept] as const;
  });
  if (isSame) return value;
  return Array.isArray(value) ? entries.map(([, field]) => field) : Object.fromEntries(entries);
}
