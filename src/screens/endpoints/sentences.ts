import { costClause, hostOf } from '../../core/api/endpoint.ts';
import { type EndpointName, endpointLabel } from '../../core/api/endpoints.ts';
import type { KeyReport } from '../../core/api/keys.ts';

/** The name of an endpoint in a list: without what goes without saying. */
export function shortName(name: EndpointName, keys: Pick<KeyReport, 'baseURL'>): string {
  const label = endpointLabel(name, keys);
  return label.kind === 'compatible' ? name.replace(/^https?:\/\//, '').replace(/\/v1$/, '') : hostOf(label);
}

/** Who answers from now on, and at whose expense. */
export function answersNow(name: EndpointName, keys: Pick<KeyReport, 'baseURL'>): string {
  const label = endpointLabel(name, keys);
  const who = label.kind === 'practice' ? 'Practice' : shortName(name, keys);
  return `${who} answers from now on, ${costClause(label)}.`;
}

/** What a server said when it was asked for its models. */
export function modelCount(models: readonly string[]): string {
  const [only] = models;
  if (only === undefined) return 'It answers, but lists no models.';
  return models.length === 1
    ? `It answers and has one model: ${only}.`
    : `It answers and lists ${models.length} models: m shows them.`;
}
