import { plainCode } from '../../src/components/highlight.ts';
import type { Line } from '../../src/components/line.ts';
import type { RunEvent } from '../../src/core/run/events.ts';
import type { DraftStore, KeptDrafts } from '../../src/core/sandbox/draft-store.ts';
import { SandboxModel } from '../../src/screens/sandbox/sandbox-model.ts';
import { sandboxRun } from '../../src/screens/sandbox/sandbox-runs.ts';
import { sandboxView } from '../../src/screens/sandbox/sandbox-view.ts';
import { shown } from '../components/shown.ts';
import { stillTools, world } from './world.ts';

interface Given {
  readonly env?: Record<string, string>;
  readonly kept?: KeptDrafts;
  readonly columns?: number;
  readonly rows?: number;
  /** What the learner's editor makes of a text. */
  readonly editText?: (text: string) => string | { readonly failure: string };
  readonly models?: readonly string[] | Error;
}

/** A sandbox in a session whose runs are made by hand, with what it asked of the world. */
export function sandboxWorld({ env, kept, columns = 140, rows = 36, editText, models = [] }: Given = {}) {
  const { session } = world(env ? { env } : {});
  const said: string[] = [];
  const done: string[] = [];
  let stored: KeptDrafts = kept ?? { draft: null, earlier: [] };
  const store: DraftStore = {
    read: () => stored,
    write: (next) => {
      stored = next;
    },
    notice: () => null,
  };
  session.modelsOf = async () => {
    if (models instanceof Error) throw models;
    return models;
  };
  const model = new SandboxModel(
    {
      session,
      say: (notice) => said.push(notice),
      changed: () => {},
      go: () => {},
      leave: () => {},
      inspect: () => {},
    },
    stillTools({
      redact: (text) => text.replaceAll('sk-proj-secret', 'sk-...'),
      store,
      editText: async (text) => {
        const result = editText?.(text) ?? text;
        return typeof result === 'string' ? { text: result } : result;
      },
      copy: async (text) => {
        done.push(`copied ${text}`);
        return 'Copied.';
      },
      save: (code, language) => {
        done.push(`saved ${language} ${code}`);
        return 'Saved.';
      },
    }),
  );
  const lines = (look = { isPlain: false }): readonly Line[] => {
    const summary = session.runOf(sandboxRun)?.log.summary ?? null;
    return sandboxView({ model, session, summary, highlight: plainCode, columns, rows, look });
  };
  return {
    model,
    session,
    said,
    done,
    stored: () => stored,
    lines,
    rows: (look?: { isPlain: boolean }) => shown(lines(look)),
    press: (...keys: readonly string[]) => {
      for (const key of keys) {
        // Views set the measures that keys move by.
        lines();
        model.press(key);
      }
    },
    type: (text: string) => {
      for (const char of text) model.press(char === ' ' ? 'space' : char === '\n' ? 'enter' : char);
    },
    keys: () => model.bindings().map(({ id }) => id),
    /** Gives the sandbox a run, over or going on. */
    ran: (events: readonly RunEvent[], isRunning = false) => {
      model.runs.send();
      session.asked.length = 0;
      session.give(sandboxRun, events, { isRunning });
    },
    messages: () => model.workbench.draft.messages.map(({ role, text }) => `${role}: ${text}`),
    parameters: () => model.workbench.draft.parameters,
  };
}
