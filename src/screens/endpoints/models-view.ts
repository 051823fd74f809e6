import { blank, cellWidth, clip, type Line, line, padEnd, span } from '../../components/line.ts';
import { textField } from '../../components/text-area.ts';
import { wrapParagraph } from '../../components/wrap.ts';
import { model as lessonModel } from '../../core/lessons/messages.ts';
import type { Session } from '../../core/session.ts';
import { visible } from '../../core/visible.ts';
import { windowOf } from '../window.ts';
import { isServer, serverAt } from './endpoints-state.ts';
import { type ModelsMode, modelsIn } from './models-mode.ts';
import { shortName } from './sentences.ts';

interface ModelsView {
  readonly session: Session;
  readonly width: number;
  readonly rows: number;
}

/** The models of one endpoint, as many as there is room for. */
export function modelsView(mode: ModelsMode, { session, width, rows }: ModelsView): Line[] {
  const { of, listing, query, isTyping, selected } = mode;
  const name = visible(shortName(of, session.keys));
  const models = modelsIn(mode);
  const asked = isServer(of) ? serverAt(session, of).model : lessonModel;
  const place = models.length > 0 ? `${selected + 1} of ${models.length}` : '';
  const text = (sentence: string, style: 'text' | 'muted' | 'warn'): Line[] =>
    wrapParagraph(visible(sentence).replaceAll('`', "'"), width - 6, style).map((row) => [
      span('   '),
      ...row,
    ]);
  const cursor = query && isTyping ? query.present.cursor : null;
  const top: Line[] = [
    [span(`   ${clip(`Models of ${name}`, width - 18)}`, 'title'), span(`   ${place}`, 'muted')],
    ...(query === null
      ? []
      : [[span('   / ', 'accent'), ...textField({ text: query.present.text, cursor, width: width - 8 })]]),
  ];
  switch (listing.kind) {
    case 'asking':
      return [...top, blank, ...text(`Asking ${name} for its models …`, 'muted')];
    case 'failed':
      return [...top, blank, ...text(listing.problem, 'warn')];
    case 'listed': {
      const hint = isServer(of)
        ? 'Enter chooses the one that lessons ask there.'
        : `To look at: lessons ask ${lessonModel} there.`;
      const none = listing.models.length === 0 ? 'It lists no models.' : 'No model by that name.';
      if (models.length === 0) return [...top, blank, ...text(none, 'muted')];
      const above = [...top, ...text(hint, 'muted'), blank];
      const nameWidth = Math.min(Math.max(...models.map((model) => cellWidth(visible(model)))), width - 24);
      const { from, to } = windowOf(models.length, selected, rows - above.length);
      return [
        ...above,
        ...models
          .slice(from, to)
          .map((model, index) => modelLine(model, from + index === selected, model === asked, nameWidth)),
      ];
    }
  }
}

function modelLine(model: string, isSelected: boolean, isAsked: boolean, nameWidth: number): Line {
  return [
    span(isSelected ? ' › ' : '   ', 'accent'),
    span(isAsked ? '● ' : '○ ', isAsked ? 'ok' : 'muted'),
    span(` ${padEnd(clip(visible(model), nameWidth), nameWidth)} `, isSelected ? 'selected' : 'text'),
    ...(isAsked ? line(' lessons ask it', 'ok') : []),
  ];
}
