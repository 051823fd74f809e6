import type { StepSummary } from './summary.ts';

/** What to do about a redirect that led to no answer; null where there was none. */
export function redirectAdvice({ attempts }: StepSummary): string | null {
  const attempt = attempts.at(-1);
  const from = URL.parse(attempt?.url ?? '');
  const to = URL.parse(attempt?.redirectedTo ?? '');
  if (!from || !to) return null;
  const where = to.origin === from.origin ? to.pathname : to.origin;
  const what = `The request was sent on to ${where.slice(0, 60)}, and a redirect can turn POST into GET and drop the key`;
  const base = `${to.origin}${to.pathname.replace(/\/chat\/completions$/, '')}`;
  // Another host is not to be trusted with a key because a server says so.
  const isBase = to.hostname === from.hostname && to.pathname.endsWith('/chat/completions');
  return isBase && base.length <= 100
    ? `${what}: use ${base} as the base URL.`
    : `${what}: is the base URL right, or does a proxy want you to sign in?`;
}
