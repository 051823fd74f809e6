import { isObject, type JsonObject } from '../../json.ts';

/**
 * The part of a schema document that a `$ref` points to, or undefined. A reference stays within the
 * document: `#`, a pointer such as `#/$defs/point`, an anchor such as `#point`, or the `$id` of a part.
 */
export function referenced(root: unknown, ref: string): unknown {
  const [id = '', fragment = ''] = ref.split('#', 2);
  const base = id === '' ? root : labelled(root, id);
  if (fragment === '') return base;
  return fragment.startsWith('/') ? pointedAt(base, fragment) : labelled(base, `#${decoded(fragment)}`);
}

function pointedAt(base: unknown, pointer: string): unknown {
  let here = base;
  for (const step of pointer.slice(1).split('/')) {
    const key = decoded(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as JsonObject)[key];
  }
  return here;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const labels = new WeakMap<object, ReadonlyMap<string, JsonObject>>();

/** Looks a label up, an anchor being written with its `#`. */
function labelled(root: unknown, label: string): JsonObject | undefined {
  if (typeof root !== 'object' || root === null) return undefined;
  const known = labels.get(root) ?? allLabels(root);
  labels.set(root, known);
  return known.get(label);
}

/** Walks with a list of its own, as a document may be nested deeper than calls can be. */
function allLabels(root: object): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const todo: unknown[] = [root];
  while (todo.length > 0) {
    const here = todo.pop();
    if (typeof here !== 'object' || here === null) continue;
    if (isObject(here)) {
      const { $id, $anchor, $dynamicAnchor } = here;
      if (typeof $id === 'string') found.set($id, here);
      for (const anchor of [$anchor, $dynamicAnchor]) {
        if (typeof anchor === 'string') found.set(`#${anchor}`, here);
      }
    }
    for (const inner of Object.values(here)) todo.push(inner);
  }
  return found;
}
