import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A text as its editor left it, or a sentence that says why there is none. */
export type Edited = { readonly text: string } | { readonly failure: string };

/**
 * Opens a text in the learner's own editor (`$VISUAL`, `$EDITOR`, or the system's) on this terminal, whose keys come
 * from `keyboardFd`, and waits until it is closed. Without a line end at its end before, the text has none afterwards:
 * editors add one.
 */
export function editElsewhere(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
  keyboardFd: number,
): Edited {
  const isWindows = process.platform === 'win32';
  const editor = env.VISUAL?.trim() || env.EDITOR?.trim() || (isWindows ? 'notepad' : 'vi');
  const folder = mkdtempSync(join(tmpdir(), 'first-token-'));
  const file = join(folder, 'text.md');
  // Ctrl+C is the editor's while it is open, also of one that leaves the terminal to make a signal of it.
  const leaveToEditor = () => {};
  process.on('SIGINT', leaveToEditor);
  try {
    writeFileSync(file, text, { mode: 0o600 });
    // Through a shell, since the variable may hold options too; the file is no part of what it reads.
    const [command, args] = isWindows
      ? [`${editor} "${file}"`, []]
      : ['sh', ['-c', `${editor} "$@"`, editor, file]];
    // Nothing else goes on meanwhile: a read that was under way would take a key from the editor.
    const { status: code, error } = spawnSync(command, args, {
      stdio: [keyboardFd, 'inherit', 'inherit'],
      shell: isWindows,
    });
    if (error) throw error;
    if (code === 127) return { failure: `${editor} was not found: set EDITOR to an editor that is there.` };
    if (code !== 0) return { failure: `${editor} ended with ${code ?? 'a signal'}: the text is as it was.` };
    const edited = readFileSync(file, 'utf8');
    return { text: text.endsWith('\n') ? edited : edited.replace(/\r?\n$/, '') };
  } catch (error) {
    return { failure: `${editor} could not be started: ${(error as Error).message}` };
  } finally {
    process.off('SIGINT', leaveToEditor);
    rmSync(folder, { recursive: true, force: true });
  }
}
