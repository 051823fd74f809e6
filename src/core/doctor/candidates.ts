import type { SettingSource } from '../api/keys.ts';
import { maskKey } from '../mask.ts';
import type { EnvFileView } from './env-files.ts';
import { environment, inFile, type Place } from './findings.ts';
import { isNearName, keyName, namesKey } from './key-names.ts';
import { type KeyShape, shapeOf } from './key-shape.ts';
import { peel } from './peel.ts';
import { isUsable } from './usable.ts';

/** A key that was found, as it may be shown. */
export interface CandidateKey {
  /** The name it stands under: `OPENAI_API_KEY`, or one like it that nothing reads. */
  readonly name: string;
  readonly masked: string;
  /** In characters, without the white space around it. */
  readonly length: number;
  readonly where: Place;
  readonly shape: KeyShape;
  /** Whether this program reads this place under this name. */
  readonly isRead: boolean;
  /** Whether it is the one that requests go out with. */
  readonly isUsed: boolean;
}

/** A candidate with its value as written. Never leaves the doctor. */
export interface SecretCandidate extends CandidateKey {
  readonly value: string;
}

/** Every key in the environment and in the `.env` files, in the order in which they are looked for. */
export function findCandidates(
  env: Readonly<Record<string, string | undefined>>,
  views: readonly EnvFileView[],
  used: SettingSource | null,
): readonly SecretCandidate[] {
  const found: SecretCandidate[] = [];
  const add = (name: string, value: string, where: Place, isPlaceRead: boolean) => {
    const isRead = isPlaceRead && name === keyName;
    found.push({
      name,
      value,
      masked: maskKey(peel(value).core.replace(/\s/g, '␣')),
      length: value.trim().length,
      where,
      shape: shapeOfValue(value),
      isRead,
      isUsed: isRead && used !== null && isSame(where, used),
    });
  };
  const own = env[keyName];
  if (own !== undefined) add(keyName, own, environment, true);
  for (const [name, value] of Object.entries(env)) {
    // Windows knows one variable by every way to write its name.
    const isOwn = name.toUpperCase() === keyName && value === own;
    if (value !== undefined && isNearName(name) && !isOwn) add(name, value, environment, true);
  }
  for (const view of views) {
    for (const { name, value, line } of view.assignments) {
      if (namesKey(name)) add(name, value, inFile(view.name, line), view.isRead);
    }
  }
  return found;
}

function shapeOfValue(value: string): KeyShape {
  if (value.trim() === '') return 'empty';
  return isUsable(value) ? shapeOf(peel(value).core) : 'placeholder';
}

const isSame = (where: Place, source: SettingSource): boolean =>
  where.kind === 'environment'
    ? source.kind === 'environment'
    : source.kind === 'file' && where.line === source.line;
