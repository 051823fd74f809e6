import { practicePrefix } from '../api/endpoint.ts';

/** What a key is, as far as its beginning tells. */
export type KeyShape =
  | 'project'
  | 'service account'
  | 'admin'
  | 'user'
  | 'practice'
  | 'other provider'
  | 'placeholder'
  | 'empty'
  | 'unknown';

/** Providers whose keys show whose they are. Some of them begin with `sk-` too. */
const providers: readonly (readonly [prefix: string, name: string])[] = [
  ['sk-ant-', 'Anthropic'],
  ['sk-or-', 'OpenRouter'],
  ['AIza', 'Google'],
  ['gsk_', 'Groq'],
  ['hf_', 'Hugging Face'],
  ['nvapi-', 'NVIDIA'],
  ['pplx-', 'Perplexity'],
  ['r8_', 'Replicate'],
  ['xai-', 'xAI'],
];

/** The provider that a key names by its beginning, OpenAI apart. */
export const providerOf = (key: string): string | null =>
  providers.find(([prefix]) => key.startsWith(prefix))?.[1] ?? null;

/** The shape of a key that is neither empty nor a placeholder. */
export function shapeOf(key: string): Exclude<KeyShape, 'placeholder' | 'empty'> {
  if (key.startsWith(practicePrefix)) return 'practice';
  if (providerOf(key) !== null) return 'other provider';
  if (key.startsWith('sk-proj-')) return 'project';
  if (key.startsWith('sk-svcacct-')) return 'service account';
  if (key.startsWith('sk-admin-')) return 'admin';
  return key.startsWith('sk-') ? 'user' : 'unknown';
}

/** Whether OpenAI alone makes keys of this shape. Plain `sk-` is used by many. */
export const isOfOpenai = (shape: KeyShape): boolean =>
  ['project', 'service account', 'admin'].includes(shape);

/**
 * The lengths that keys of OpenAI have, with room on both sides: 51 characters in the older ones, some 165 in
 * those of today.
 */
export const plausibleLength = { min: 40, max: 220 } as const;
