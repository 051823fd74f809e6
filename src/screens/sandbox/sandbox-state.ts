import type { EndpointName } from '../../core/api/endpoints.ts';
import type { RunLog } from '../../core/run/log.ts';
import { shownParameters } from '../../core/sandbox/answer-limit.ts';
import type { Draft } from '../../core/sandbox/draft.ts';
import type { ParameterName } from '../../core/sandbox/parameters.ts';

/** A row of the request: a message or a parameter. */
export type Row =
  | { readonly kind: 'message'; readonly index: number }
  | { readonly kind: 'parameter'; readonly name: ParameterName };

/** One of the choices that a sheet offers. */
export interface Choice {
  /** The heading that it stands below. */
  readonly group: string;
  readonly label: string;
  /** A few words more, set apart. */
  readonly note?: string;
  readonly act: () => void;
}

/** What lies over the request. */
export type Sheet =
  | { readonly kind: 'code' | 'tokens'; readonly scroll: number }
  | {
      readonly kind: 'choice';
      readonly title: string;
      readonly choices: readonly Choice[];
      readonly selected: number;
      readonly hint: string | null;
    }
  | {
      readonly kind: 'compared';
      readonly comparison: Comparison;
      /** The run of it; null where it has not gone out yet. */
      readonly log: RunLog | null;
      readonly scroll: number;
    };

/** One thing that the second of two runs does in another way. */
export interface Comparison {
  /** What the two do, in a word or two each. */
  readonly first: string;
  readonly second: string;
  readonly change: (draft: Draft) => Draft;
  /** The endpoint of the second, where it is another one. */
  readonly endpoint?: EndpointName;
}

/** All rows of a draft: its messages, then its parameters. */
export const rowsOf = (draft: Draft): readonly Row[] => [
  ...draft.messages.map((_, index): Row => ({ kind: 'message', index })),
  ...shownParameters(draft).map((name): Row => ({ kind: 'parameter', name })),
];

/** The row of that place, or the last one. */
export function rowAt(draft: Draft, place: number): Row {
  const rows = rowsOf(draft);
  return rows[Math.min(place, rows.length - 1)]!;
}
