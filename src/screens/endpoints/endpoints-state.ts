import type { FoundServer } from '../../core/api/discover.ts';
import { openaiKeyName } from '../../core/api/endpoint.ts';
import type { EndpointName, Server } from '../../core/api/endpoints.ts';
import type { EndpointLabel } from '../../core/run/events.ts';
import type { TextEditor } from '../../core/sandbox/text-editor.ts';
import type { Session } from '../../core/session.ts';
import type { ModelsMode } from './models-mode.ts';

/** The URL of a new server is typed. */
export interface UrlMode {
  readonly name: 'url';
  readonly field: TextEditor;
}

/** The name of the variable with the key of a server is typed. */
export interface KeyMode {
  readonly name: 'key';
  readonly baseURL: string;
  readonly field: TextEditor;
  /** The URL as it was typed, to go back to; null where it was not. */
  readonly url: TextEditor | null;
}

export type Mode = { readonly name: 'list' } | ModelsMode | UrlMode | KeyMode;

export interface EndpointsState {
  readonly mode: Mode;
  /** The id of the selected row. */
  readonly selected: string;
  /** What was found on this machine; null before anybody asked. */
  readonly found: readonly FoundServer[] | 'looking' | null;
  /** What came of asking a new server for its models, by its name. */
  readonly said: Readonly<Record<EndpointName, string>>;
}

/** A row of the list. */
export type Row =
  | { readonly kind: 'endpoint'; readonly id: EndpointName }
  | { readonly kind: 'found'; readonly id: string; readonly server: FoundServer }
  | { readonly kind: 'add'; readonly id: string }
  | { readonly kind: 'look'; readonly id: string };

/** What can be chosen: what there always is, the servers kept, those found, and two ways to more. */
export function rowsOf(session: Session, { found }: Pick<EndpointsState, 'found'>): readonly Row[] {
  const { servers } = session.progress.getSnapshot();
  const kept = servers.map(({ baseURL }) => baseURL);
  // Who answers is in the list, whatever else is known of it.
  const names = new Set(['practice', 'openai', ...kept, session.getSnapshot().name]);
  const others = found === null || found === 'looking' ? [] : found;
  return [
    ...Array.from(names, (id): Row => ({ kind: 'endpoint', id })),
    ...others
      .filter(({ baseURL }) => !names.has(baseURL))
      .map((server): Row => ({ kind: 'found', id: server.baseURL, server })),
    { kind: 'add', id: 'add' },
    { kind: 'look', id: 'look' },
  ];
}

/** The server that is kept under a URL. */
export const keptServer = ({ progress }: Session, baseURL: string): Server | undefined =>
  progress.getSnapshot().servers.find((server) => server.baseURL === baseURL);

/** The server that is kept under a URL, or one of which no more is known. */
export const serverAt = (session: Session, baseURL: string): Server =>
  keptServer(session, baseURL) ?? { baseURL, keyName: null, model: null };

/** The variable from which a program takes the key for a place; null where that takes none. */
export const keyNameAt = (session: Session, { kind, baseURL }: EndpointLabel): string | null =>
  kind === 'compatible' ? serverAt(session, baseURL).keyName : openaiKeyName;

/** Keeps a server that was named from outside: what is known of it stays, but the variable of its key if one is given. */
export const keepNamed = (session: Session, baseURL: string, keyName: string | null): void =>
  session.keepServer({ ...serverAt(session, baseURL), ...(keyName !== null && { keyName }) });

export const isServer = (name: EndpointName): boolean => name !== 'practice' && name !== 'openai';
