import { codeBox } from '../../components/code-box.ts';
import { blank, clip, fitRows, type Line, line, padEnd, span } from '../../components/line.ts';
import { wrapParagraph } from '../../components/wrap.ts';
import { hostOf, noKey } from '../../core/api/endpoint.ts';
import { visible } from '../../core/visible.ts';
import { asRows, type Rows, scrolledRows } from '../scrolled.ts';
import { comparedView } from './compared-view.ts';
import type { Choice, Sheet } from './sandbox-state.ts';
import type { SandboxView } from './sandbox-view.ts';
import { tokenRows } from './tokens-view.ts';

/** What lies over the request, in exactly `rows` rows. */
export function sheetView(view: SandboxView, sheet: Sheet): readonly Line[] {
  switch (sheet.kind) {
    case 'code':
      return page(view, asRows(codeLines(view)), sheet.scroll);
    case 'tokens':
      return page(view, tokenRows(view.model.workbench, view.columns - 6, view.look), sheet.scroll);
    case 'compared':
      return comparedView(view, sheet);
    case 'choice':
      return choiceView(view, sheet);
  }
}

function codeLines({ model, session, highlight, columns, look }: SandboxView): Line[] {
  const width = Math.min(columns - 6, 96);
  const code = model.code(width - 4);
  if (code === null) return [line('The request cannot be sent as it is: its row says why.', 'warn')];
  const { language } = session.progress.getSnapshot();
  const host = visible(hostOf(model.endpoint));
  const whom = model.endpoint.kind === 'compatible' ? ` for ${host}` : '';
  const key =
    model.codeKeyName !== null
      ? `The key stays in the environment, as ${model.codeKeyName}.`
      : language === 'curl'
        ? 'It takes no key.'
        : `It takes no key, but the SDK wants one: \`${noKey}\` stands in for it.`;
  return [
    ...wrapParagraph(`The request as a program${whom}. ${key}`, width, 'muted'),
    blank,
    ...codeBox(code, language, highlight, width, look),
  ];
}

function page({ model, rows }: SandboxView, all: Rows, scroll: number): readonly Line[] {
  const { lines, content, window } = scrolledRows(all, scroll, rows);
  model.sheets.extent = { content, window };
  return lines;
}

/** A list to choose from, the marked choice always in view. */
function choiceView(
  { model, columns, rows }: SandboxView,
  sheet: Extract<Sheet, { kind: 'choice' }>,
): Line[] {
  const { title, choices, selected, hint } = sheet;
  const groupWidth = Math.max(0, ...choices.map(({ group }) => group.length)) + 2;
  const noteWidth = Math.max(0, ...choices.map(({ note = '' }) => note.length)) + 2;
  const labelWidth = Math.max(10, Math.min(columns - groupWidth - noteWidth - 6, 62));
  const window = Math.max(1, rows - 3);
  const from = Math.max(0, Math.min(selected - Math.floor(window / 2), choices.length - window));
  model.sheets.extent = { content: choices.length, window };
  const draw = ({ group, label, note = '' }: Choice, index: number): Line => {
    const isFirst = index === from || choices[index - 1]?.group !== group;
    const isMarked = index === selected;
    return [
      span(isMarked ? ' › ' : '   ', 'accent'),
      span(padEnd(isFirst ? group : '', groupWidth), 'strong'),
      span(` ${padEnd(clip(visible(label), labelWidth), labelWidth)} `, isMarked ? 'selected' : 'text'),
      span(note ? `  ${note}` : '', 'muted'),
    ];
  };
  const shown = choices.slice(from, from + window).map((choice, index) => draw(choice, from + index));
  return fitRows(
    [line(`   ${title}`, 'title'), blank, ...(hint ? [line(`   ${visible(hint)}`, 'muted')] : []), ...shown],
    rows,
  );
}
