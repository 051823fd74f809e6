import { follow, parsePath } from './json-path.ts';

/** What a search through events looks for. */
export interface Sought {
  readonly query: string;
  /** Whether an event with this data has it. */
  readonly isIn: (data: string) => boolean;
  /** Where it stands in a text, capitals aside; null for a path. */
  readonly text: RegExp | null;
  /** The fields of a value that a path leads to, such as `choices[0].delta.content`; none for a text. */
  readonly fieldsIn: (value: unknown) => readonly string[];
}

/** What a layout depends on where something is marked in it; another text for each query, and for none. */
export const layoutOf = (sought: Sought | null | undefined): string => (sought ? `/${sought.query}` : '');

/**
 * Reads what is typed into a search: a path such as `choices[0].delta.content` or `$.usage` finds the events that have
 * something there; any other text, those that have it in their data, capitals aside.
 */
export function soughtBy(query: string): Sought {
  const parsed = /^\$|^[a-z_]+(\.|\[)/.test(query) ? parsePath(query) : null;
  if (!parsed || 'problem' in parsed) {
    const source = query.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    // Without `g`, which would have it go on where it last found something.
    const wanted = new RegExp(source, 'iu');
    return {
      query,
      isIn: (data) => wanted.test(data),
      text: new RegExp(source, 'giu'),
      fieldsIn: () => [],
    };
  }
  const fieldsIn = (value: unknown) =>
    follow(value, parsed.steps).flatMap((match) =>
      match.value === null || match.value === undefined ? [] : [match.path],
    );
  return {
    query,
    isIn: (data) => {
      try {
        return fieldsIn(JSON.parse(data)).length > 0;
      } catch {
        return false;
      }
    },
    text: null,
    fieldsIn,
  };
}
