import type { ParameterName } from './parameter-table.ts';

/** Something about a whole request that its writer should know before it is sent. */
export interface Warning {
  /** One sentence: what it is and, where something is wrong, what to do. */
  readonly sentence: string;
  readonly about: ParameterName | 'messages';
  /** The status with which the server refuses such a request; null if it is allowed. */
  readonly status: 400 | 404 | null;
}

/** A body as it would be sent, of which nothing is sure but that it is JSON. */
export type Body = Readonly<Record<string, unknown>>;

/** A warning of what servers refuse with 400. */
export const refused = (about: Warning['about'], sentence: string): Warning => ({
  sentence,
  about,
  status: 400,
});

/** A warning of what is sent and answered, and yet worth knowing. */
export const allowed = (about: Warning['about'], sentence: string): Warning => ({
  sentence,
  about,
  status: null,
});
