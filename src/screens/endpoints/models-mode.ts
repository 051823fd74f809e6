import type { EndpointName } from '../../core/api/endpoints.ts';
import type { TextEditor } from '../../core/sandbox/text-editor.ts';

/** What came of asking an endpoint for its models. */
export type Listing =
  | { readonly kind: 'listed'; readonly models: readonly string[] }
  | { readonly kind: 'failed'; readonly problem: string };

/** The models of one endpoint are looked at. */
export interface ModelsMode {
  readonly name: 'models';
  readonly of: EndpointName;
  readonly listing: Listing | { readonly kind: 'asking' };
  /** The place of the selected model among those that the search leaves. */
  readonly selected: number;
  /** What is searched for; null where nothing is. */
  readonly query: TextEditor | null;
  readonly isTyping: boolean;
}

/** An endpoint that is being asked for its models. */
export const askingFor = (of: EndpointName): ModelsMode => ({
  name: 'models',
  of,
  listing: { kind: 'asking' },
  selected: 0,
  query: null,
  isTyping: false,
});

/** With what came of asking, and a model selected that is known by name. */
export function answered(mode: ModelsMode, listing: Listing, model: string | null): ModelsMode {
  const selected = listing.kind === 'listed' ? listing.models.indexOf(model ?? '') : 0;
  return { ...mode, listing, selected: Math.max(0, selected) };
}

/** The models that the search leaves. */
export function modelsIn({ listing, query }: ModelsMode): readonly string[] {
  if (listing.kind !== 'listed') return [];
  const words = (query?.present.text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return listing.models.filter((model) => words.every((word) => model.toLowerCase().includes(word)));
}

/** The name of the selected model; undefined where the search leaves none. */
export const selectedModel = (mode: ModelsMode): string | undefined => modelsIn(mode)[mode.selected];

/** With the search ended, and all models there again. */
export function withoutSearch(mode: ModelsMode): ModelsMode {
  const all = { ...mode, query: null, isTyping: false };
  return { ...all, selected: Math.max(0, modelsIn(all).indexOf(selectedModel(mode) ?? '')) };
}
