import type { StepSummary } from './summary.ts';

/** What to do about a redirect that led to no answer; null where there was none. */
export function redirectAdvice(step: StepSummary): string | null {
  const way = wayOf(step);
  if (!way) return null;
  const fix = way.fix ?? 'is the base URL right, or does a proxy want you to sign in?';
  return `The request was sent on to ${way.to}, and a redirect can turn POST into GET and drop the key: ${fix}`;
}

/** That somebody else answered than was asked, and so has the prompt; null where that is not so. */
export function elsewhereAdvice(step: StepSummary): string | null {
  const way = wayOf(step);
  if (!way?.isElsewhere) return null;
  const fix = way.fix ?? 'is that whom you mean to ask?';
  return `${way.to} answered in place of ${way.from}, which sent the request on to it, prompt and all: ${fix}`;
}

/** Where the last attempt was sent on to; null where it was not. */
function wayOf({ attempts }: StepSummary) {
  const attempt = attempts.at(-1);
  const from = URL.parse(attempt?.url ?? '');
  const to = URL.parse(attempt?.redirectedTo ?? '');
  if (!from || !to) return null;
  const isElsewhere = to.origin !== from.origin;
  const base = `${to.origin}${to.pathname.replace(/\/chat\/completions$/, '')}`;
  // Another host is not to be trusted with a key because a server says so.
  const isBase = to.hostname === from.hostname && to.pathname.endsWith('/chat/completions');
  return {
    from: from.host,
    to: (isElsewhere ? to.origin : to.pathname).slice(0, 60),
    isElsewhere,
    fix: isBase && base.length <= 100 ? `use ${base} as the base URL.` : null,
  };
}
