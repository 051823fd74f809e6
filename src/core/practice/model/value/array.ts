import { isObject } from '../../json.ts';
import { limitsOf, listOf, type Parts, reopens } from './cases.ts';
import { canonical } from './check.ts';
import type { Maker, Place } from './maker.ts';

/** No array grows longer, whatever is asked for. */
const mostItems = 1000;

/** One item for each fitting thing in the prompt, within the lengths that are allowed. */
export function arrayOf(parts: Parts, place: Place, maker: Maker): unknown {
  const { least, most, contained, first } = countsOf(parts, place, maker);
  const isUnique = parts.some(({ uniqueItems }) => uniqueItems === true);
  const items: unknown[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < most; i++) {
    const isWanted = i < least;
    if (maker.room.left <= 0 && i > 0) break;
    const before = maker.used;
    const isTaken = (value: unknown) => (isUnique || !isWanted) && seen.has(canonical(value));
    const extra = contained[i - first];
    const item = maker.make([...itemSchemas(parts, i), ...(extra === undefined ? [] : [extra])], {
      ...place,
      depth: place.depth + 1,
      isTaken,
    });
    const isNew = maker.used.hits > before.hits && maker.used.misses === before.misses && !isTaken(item);
    if (!isWanted && !isNew) {
      maker.used = before;
      break;
    }
    if (maker.used.hits > before.hits) maker.used = { ...maker.used, isListed: true };
    items.push(item);
    seen.add(canonical(item));
  }
  return items;
}

interface Counts {
  readonly least: number;
  readonly most: number;
  /** Schemas of which the array must contain an item each, from the index `first` on. */
  readonly contained: readonly unknown[];
  readonly first: number;
}

function countsOf(parts: Parts, { isLean }: Place, { document, open }: Maker): Counts {
  const listed = Math.max(0, ...parts.map((part) => listedItems(part).length));
  const most = Math.max(0, Math.min(mostItems, ...limitsOf(parts, 'maxItems'), closedAt(parts, listed)));
  const contained = parts.flatMap(({ contains, minContains }) => {
    if (contains === undefined) return [];
    const count = typeof minContains === 'number' ? minContains : 1;
    return Array.from({ length: Math.max(0, Math.min(Math.ceil(count), mostItems)) }, () => contains);
  });
  const isEndless = itemSchemas(parts, listed).some((schema) => reopens(schema, open, document));
  const wished = isLean ? 0 : Math.max(listed, isEndless ? 0 : 1);
  const first = listed + contained.length <= most ? listed : 0;
  const needed = contained.length > 0 ? first + contained.length : 0;
  const least = Math.min(most, Math.max(wished, needed, ...limitsOf(parts, 'minItems')));
  return { least, most: isLean || isEndless ? least : most, contained, first };
}

/** The schemas of the first items, in the spelling of either draft. */
const listedItems = ({ prefixItems, items }: Parts[number]): readonly unknown[] =>
  listOf(Array.isArray(prefixItems) ? prefixItems : items);

function itemSchemas(parts: Parts, index: number): readonly unknown[] {
  return parts.flatMap((part) => {
    const listed = listedItems(part);
    if (index < listed.length) return [listed[index]];
    const { items, additionalItems, unevaluatedItems } = part;
    const rest = Array.isArray(items) ? additionalItems : (items ?? unevaluatedItems);
    return rest === false || isObject(rest) ? [rest] : [];
  });
}

/** How many items there can be before one is forbidden. */
function closedAt(parts: Parts, listed: number): number {
  for (let i = 0; i <= listed; i++) {
    if (itemSchemas(parts, i).includes(false)) return i;
  }
  return mostItems;
}
