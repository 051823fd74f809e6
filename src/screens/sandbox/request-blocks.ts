import type { Look } from '../../components/box.ts';
import { clip, type Line, line, padEnd, span } from '../../components/line.ts';
import { roleStyle } from '../../components/messages.ts';
import { layOutText, textArea, textField } from '../../components/text-area.ts';
import type { Draft, DraftMessage } from '../../core/sandbox/draft.ts';
import {
  checkParameter,
  type ParameterName,
  parameterOf,
  parameters,
} from '../../core/sandbox/parameters.ts';
import { visible } from '../../core/visible.ts';
import type { Editing } from './editing.ts';
import type { SandboxModel } from './sandbox-model.ts';

export interface BlockView {
  readonly model: SandboxModel;
  /** What is typed into this row, if anything is. */
  readonly editing: Editing | null;
  readonly isMarked: boolean;
  readonly width: number;
  /** Rows that the whole list has. */
  readonly room: number;
  readonly look: Look;
}

const roleWidth = 10;
const nameWidth = Math.max(...parameters.map(({ name }) => name.length)) + 1;

const mark = (isMarked: boolean) => span(isMarked ? ' › ' : '   ', 'accent');

/** A message: its role in the margin, its text, and what other fields it has. */
export function messageBlock(message: DraftMessage, view: BlockView): Line[] {
  const { editing, isMarked, look } = view;
  const { role, text, fields } = message;
  const style = roleStyle(role);
  const width = Math.max(4, view.width - roleWidth - 5);
  const others = otherFields(fields);
  const isText = editing?.title === role;
  const body: Line[] = editing
    ? [...(isText ? [] : [line(`${visible(editing.title)}:`, 'muted')]), ...typed(editing, width, view)]
    : shown(text, width, isMarked ? 6 : 3, others);
  if (others !== '' && (!editing || isText)) body.push(line(clip(others, width), 'muted'));
  return body.map((row, index) => {
    const name =
      index === 0 ? padEnd(clip(visible(role), roleWidth - 1), roleWidth - 1) : ' '.repeat(roleWidth - 1);
    return [
      mark(isMarked && index === 0),
      span(name, isMarked && index === 0 ? 'selected' : style),
      span(look.isPlain ? '   ' : ' ▏ ', style),
      ...row,
    ];
  });
}

/** A text that is not being typed: its first rows. */
function shown(text: string, width: number, most: number, others: string): Line[] {
  if (text === '') return [line(others === '' ? '(empty: e writes it)' : '(no text)', 'muted')];
  const count = layOutText(text, width).length;
  if (count <= most) return textArea({ text, cursor: null, width, rows: count }).lines;
  const { lines } = textArea({ text, cursor: null, width, rows: most - 1 });
  return [...lines, line(`… ${count - most + 1} more lines`, 'muted')];
}

/** A text that is being typed, in a window that grows with it. */
function typed({ editor }: Editing, width: number, { model, room, look }: BlockView): Line[] {
  const { text, cursor } = editor.present;
  const rows = Math.max(2, Math.min(layOutText(text, width).length + 1, 12, room - 4));
  const area = textArea({ text, cursor, width, rows, from: model.entry.from });
  model.entry.extent = { width, rows };
  model.entry.from = area.from;
  return look.isPlain ? [...area.lines, line(caretInWords(text, cursor), 'muted')] : area.lines;
}

/** Where the cursor is, for somebody who cannot see it. */
function caretInWords(text: string, cursor: number): string {
  const before = text.slice(Math.max(0, cursor - 12), cursor);
  const after = text.slice(cursor, cursor + 12);
  const lineNumber = text.slice(0, cursor).split('\n').length;
  return visible(`cursor in line ${lineNumber}, between '${before}' and '${after}'`).replaceAll('\n', '⏎');
}

/** The fields that a message has besides its text. */
function otherFields(fields: DraftMessage['fields']): string {
  return Object.entries(fields)
    .map(
      ([name, value]) =>
        `${name} ${visible(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))}`,
    )
    .join(' · ');
}

/** A parameter: its name and its value, or in parentheses what holds while it is not sent. */
export function parameterBlock(
  name: ParameterName,
  { parameters: values, ...draft }: Draft,
  view: BlockView,
): Line[] {
  const { editing, isMarked } = view;
  const text = values[name] ?? '';
  const { byDefault } = parameterOf(name);
  const room = Math.max(4, view.width - nameWidth - 5);
  const isSet = text !== '' || editing !== null;
  const head = [
    mark(isMarked),
    span(padEnd(name, nameWidth), isMarked ? 'selected' : isSet ? 'text' : 'muted'),
  ];
  if (editing && !editing.isOneLine) {
    const lines = typed(editing, Math.max(4, view.width - 6), view);
    return [head, ...lines.map((row): Line => [span('     '), ...row])];
  }
  if (editing) return [[...head, span('  '), ...textField({ ...editing.editor.present, width: room })]];
  if (!isSet) return [[...head, span(`  ${clip(`(${byDefault})`, room)}`, 'muted')]];
  const problem = checkParameter(name, text, { ...draft, parameters: values });
  const value = clip(visible(text).replace(/\s+/g, ' '), room);
  return [[...head, span(problem ? '! ' : '  ', 'warn'), span(value, problem ? 'warn' : 'strong')]];
}
