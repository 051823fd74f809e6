import { type Shown, shownKey } from './binding.ts';
import { cellWidth, type Line, type Span, span } from './line.ts';

/** The keys that do something now, as many as fit: those that lead out always do. */
export function footer(bindings: readonly Shown[], width: number): Line {
  const all = bindings.filter(({ isMinor }) => !isMinor);
  const kept = new Set(all.filter(({ isExit }) => isExit));
  // A space stands before the first one, and no gap after the last.
  let used = [...kept].reduce((sum, binding) => sum + widthOf(binding), 1 - gap.length);
  for (const binding of all) {
    if (kept.has(binding) || used + widthOf(binding) > width) continue;
    kept.add(binding);
    used += widthOf(binding);
  }
  return all
    .filter((binding) => kept.has(binding))
    .flatMap((binding, index): Span[] => [
      span(index === 0 ? ' ' : gap),
      span(shownKey(binding), 'accent'),
      span(` ${binding.label}`, 'muted'),
    ]);
}

const gap = '   ';
const widthOf = (binding: Shown): number =>
  cellWidth(shownKey(binding)) + cellWidth(binding.label) + 1 + gap.length;
