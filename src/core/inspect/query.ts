import { follow, parsePath } from './json-path.ts';

/**
 * What a search through events looks for: a path such as `choices[0].delta.content` or `$.usage` finds the events that
 * have something there; any other text, those that have it in their data, capitals aside.
 */
export function matcherOf(query: string): (data: string) => boolean {
  const parsed = /^\$|^[a-z_]+(\.|\[)/.test(query) ? parsePath(query) : null;
  if (!parsed || 'problem' in parsed) return holds(query);
  const { steps } = parsed;
  return (data) => {
    try {
      return follow(JSON.parse(data), steps).some(({ value }) => value !== null && value !== undefined);
    } catch {
      return false;
    }
  };
}

function holds(query: string): (data: string) => boolean {
  const wanted = query.toLowerCase();
  return (data) => data.toLowerCase().includes(wanted);
}
