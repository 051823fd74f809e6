/** `wrong` will not work or gives a key away; `warn` deserves a look; `note` is good to know. */
export type Level = 'ok' | 'note' | 'warn' | 'wrong';

/** Where something was found: the environment, or a file with a line from 1; `null` for the whole file. */
export type Place =
  | { readonly kind: 'environment' }
  | { readonly kind: 'file'; readonly file: string; readonly line: number | null };

/** What each finding is about. These names stay: programs read them. */
export type Check =
  | 'key-missing'
  | 'key-shape'
  | 'key-empty'
  | 'key-placeholder'
  | 'key-quotes'
  | 'key-space-around'
  | 'key-space-inside'
  | 'key-line-break'
  | 'key-character'
  | 'key-pasted-along'
  | 'key-doubled'
  | 'key-length'
  | 'key-admin'
  | 'key-provider'
  | 'key-practice'
  | 'key-elsewhere'
  | 'key-shadowed'
  | 'key-twice'
  | 'key-name'
  | 'key-unread'
  | 'env-syntax'
  | 'env-encoding'
  | 'env-unreadable'
  | 'env-git'
  | 'env-tracked'
  | 'env-not-ignored'
  | 'env-mode'
  | 'git-missing'
  | 'git-silent'
  | 'url'
  | 'url-invalid'
  | 'url-path'
  | 'url-clear-text'
  | 'url-password'
  | 'account-id'
  | 'source-key'
  | 'source-partly'
  | 'endpoint-accepts'
  | 'endpoint-model'
  | 'endpoint-refuses'
  | 'endpoint-region'
  | 'endpoint-scope'
  | 'endpoint-quota'
  | 'endpoint-busy'
  | 'endpoint-odd'
  | 'endpoint-unreachable'
  | 'endpoint-not-asked';

/** One thing that was looked at. Texts from outside (names of files) are not yet safe for a terminal. */
export interface Finding {
  readonly check: Check;
  readonly level: Level;
  /** What is the case, in one sentence without secrets. */
  readonly sentence: string;
  /** What to do about it; null if there is nothing to do. */
  readonly advice: string | null;
  readonly where: Place | null;
}

/** A finding; without advice where there is nothing to do. */
export const finding = (
  check: Check,
  level: Level,
  where: Place | null,
  sentence: string,
  advice: string | null = null,
  // The name of a file may hold a line feed, and would look like a finding of its own behind it.
): Finding => ({ check, level, sentence: sentence.replaceAll('\n', '␊'), advice, where });

export const environment: Place = { kind: 'environment' };

export const inFile = (file: string, line: number | null = null): Place => ({ kind: 'file', file, line });

/** A place in words: `the environment`, `.env`, or `.env, line 3`. */
export function describePlace(place: Place): string {
  if (place.kind === 'environment') return 'the environment';
  return place.line === null ? place.file : `${place.file}, line ${place.line}`;
}
