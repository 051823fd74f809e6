import type { Look } from '../../components/box.ts';
import { blank, fitRows, type Line, line, within } from '../../components/line.ts';
import { messageBlock, parameterBlock } from './request-blocks.ts';
import { requestNotes } from './request-notes.ts';
import type { SandboxModel } from './sandbox-model.ts';
import { rowsOf } from './sandbox-state.ts';

/** The request in exactly `rows` rows: its messages, its parameters, and below what is known of them. */
export function requestView(model: SandboxModel, width: number, rows: number, look: Look): Line[] {
  const noteRows = rows >= 30 ? 9 : rows >= 19 ? 6 : rows >= 14 ? 5 : 3;
  const listRows = Math.max(1, rows - noteRows);
  return [
    ...list(model, width, listRows, look),
    ...fitRows(requestNotes(model, width, noteRows, look), noteRows),
  ].map((row) => within(row, width));
}

/** The rows of the request, as many as fit, the marked one among them. */
function list(model: SandboxModel, width: number, rows: number, look: Look): Line[] {
  const { draft } = model.workbench;
  const all = rowsOf(draft);
  const selected = Math.min(model.selected, all.length - 1);
  const lines: Line[] = [];
  let [from, to] = [0, 0];
  for (const [place, row] of all.entries()) {
    // The mark is where the keys are.
    const isMarked = place === selected && model.side === 'request';
    const view = {
      model,
      editing: isMarked && !model.entry.isAside ? model.entry.editing : null,
      isMarked,
      width,
      room: rows,
      look,
    };
    const block =
      row.kind === 'message'
        ? messageBlock(draft.messages[row.index]!, view)
        : parameterBlock(row.name, draft, view);
    if (place === draft.messages.length) lines.push(...divider(draft.messages.length, rows));
    if (place === selected) [from, to] = [lines.length, lines.length + block.length];
    lines.push(...block);
  }
  const middle = Math.floor((from + to - rows) / 2);
  // A block taller than the window shows its beginning: its text scrolls by itself.
  const first = Math.max(0, Math.min(middle, from, lines.length - rows));
  const below = lines.length - first - rows;
  const shown = fitRows(lines.slice(first, first + rows), rows);
  return below > 0 ? [...shown.slice(0, -1), line(`   ↓ ${below + 1} more`, 'muted')] : shown;
}

/** What stands between the messages and the parameters. */
function divider(messages: number, rows: number): Line[] {
  if (messages === 0) return [line('   no messages yet: a adds one', 'muted'), blank];
  return rows >= 14 ? [blank] : [];
}
