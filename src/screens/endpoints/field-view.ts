import type { Look } from '../../components/box.ts';
import { blank, type Line, line, span } from '../../components/line.ts';
import { textField } from '../../components/text-area.ts';
import type { Style } from '../../components/theme.ts';
import { wrapParagraph } from '../../components/wrap.ts';
import type { Session } from '../../core/session.ts';
import { visible } from '../../core/visible.ts';
import type { KeyMode, UrlMode } from './endpoints-state.ts';
import { checkField, suggestedNames } from './field-checks.ts';

interface FieldView {
  readonly session: Session;
  readonly width: number;
  readonly look: Look;
}

/** A text that is typed, what it is for, and what is to be said of it as it stands. */
export function fieldView(mode: UrlMode | KeyMode, { session, width, look }: FieldView): Line[] {
  const { keys } = session;
  const { text } = mode.field.present;
  const { sentence, isGood, isHidden } = checkField(mode, keys);
  const paragraph = (words: string, style: Style): Line[] =>
    wrapParagraph(visible(words).replaceAll('`', "'"), width - 6, style).map((row) => [span('   '), ...row]);
  const stars = '*'.repeat(12);
  const shown = isHidden ? { text: stars, cursor: stars.length } : mode.field.present;
  const names = mode.name === 'key' ? suggestedNames(mode.baseURL, keys) : [];
  return [
    blank,
    line(
      mode.name === 'url' ? '   The base URL of a compatible server' : '   The variable that holds its key',
      'title',
    ),
    ...(mode.name === 'key' ? paragraph(mode.baseURL, 'muted') : []),
    blank,
    [span(look.isPlain ? '   ' : ' › ', 'accent'), ...textField({ ...shown, width: width - 6 })],
    blank,
    ...paragraph(sentence, isGood || text === '' ? 'text' : 'warn'),
    ...(names.length > 0 ? [blank, ...paragraph(`Found here: ${names.join(', ')}`, 'muted')] : []),
  ];
}
