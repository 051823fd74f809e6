import { copyText } from './core/clipboard.ts';
import type { Clock } from './core/clock.ts';
import { saveProgram } from './core/export/save.ts';
import type { Redactor } from './core/mask.ts';
import { openDrafts } from './core/sandbox/draft-store.ts';
import { type Edited, editElsewhere } from './editor.ts';
import type { Keyboard } from './keyboard.ts';
import type { SandboxTools } from './screens/sandbox/sandbox-tools.ts';

export interface Surroundings {
  readonly clock: Clock;
  readonly redact: Redactor;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working folder. */
  readonly cwd: string;
  /** The folder for drafts; undefined for the system's. */
  readonly home: string | undefined;
  /** Writes to the terminal as it is. */
  readonly write: (sequence: string) => void;
  /** Hands the terminal over while the promise of `use` is open. */
  readonly lend: (use: () => Promise<void>) => Promise<void>;
  readonly keyboard: Pick<Keyboard, 'fd'>;
}

/** The world as the sandbox uses it. */
export async function openSandboxTools({
  clock,
  redact,
  env,
  cwd,
  home,
  write,
  lend,
  keyboard,
}: Surroundings): Promise<SandboxTools> {
  const isRemote = Boolean(env.SSH_CONNECTION || env.SSH_TTY);
  return {
    clock,
    redact: redact.text,
    store: await openDrafts({ clock, cwd: home, redact: redact.text }),
    editText: async (text) => {
      let edited: Edited = { failure: 'The terminal could not be handed over to your editor.' };
      await lend(async () => {
        edited = editElsewhere(text, env, keyboard.fd);
      });
      return edited;
    },
    copy: async (text) =>
      copied[await copyText(text, { write, isTerminal: true, isRemote, isTmux: Boolean(env.TMUX) })],
    save: (code, language) => {
      try {
        return `Saved as ${saveProgram(code, language, cwd)} in this folder.`;
      } catch (error) {
        return (error as Error).message;
      }
    },
  };
}

const copied = {
  clipboard: 'Copied to the clipboard.',
  osc52: 'Sent to the terminal to copy. If that brings nothing, w saves a file.',
  failed: 'There is no clipboard to copy to: w saves a file instead.',
} as const;
