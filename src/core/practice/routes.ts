import { type ApiError, unknownUrl, wrongMethod } from './errors.ts';

/** Where a request goes. */
export type Route =
  | { readonly kind: 'chat' }
  | { readonly kind: 'models' }
  | { readonly kind: 'model'; readonly id: string }
  | { readonly kind: 'error'; readonly error: ApiError };

/** Finds what a path leads to, or the error of one that leads nowhere or takes another method. */
export function routeOf(method: string, path: string): Route {
  const found = routeOfPath(path);
  if (!found) return { kind: 'error', error: unknownUrl(method, path) };
  const allowed = found.kind === 'chat' ? 'POST' : 'GET';
  return method === allowed ? found : { kind: 'error', error: wrongMethod(method, path, allowed) };
}

function routeOfPath(path: string): Exclude<Route, { kind: 'error' }> | null {
  if (path === '/v1/chat/completions') return { kind: 'chat' };
  if (path === '/v1/models') return { kind: 'models' };
  const id = /^\/v1\/models\/([^/]+)$/.exec(path)?.[1];
  return id === undefined ? null : { kind: 'model', id: decoded(id) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
