import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { vi } from 'vitest';

/** The bytes that a terminal sends for keys that are not a character. */
const named: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  space: ' ',
  backspace: '\x7f',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  'ctrl+c': '\x03',
};

/** How long to wait for something on screen before the test fails: far longer than it ever takes. */
const boundMs = 15_000;

// A test of the whole program has many waits, each with its own bound and its own message.
vi.setConfig({ testTimeout: 60_000 });

interface AppOptions {
  readonly cols?: number;
  readonly rows?: number;
  readonly args?: readonly string[];
  /** Added to an environment that is otherwise clean. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The working folder, also HOME and the folder for progress unless `env` says otherwise; default: a new one. */
  readonly cwd?: string;
  /** Run in place of the program alone; it gets the program's command line behind its own arguments. */
  readonly within?: readonly string[];
}

export type App = ReturnType<typeof startApp>;

/** Says whether a screen is the one waited for. */
type Wanted = RegExp | ((rows: readonly string[]) => boolean);

/** The parts of a frame that are always there. */
const isHeader = (row = '') => /^ First Token( |$)/.test(row) && /· gpt-4o-mini/.test(row);
const isFooter = (row = '') => /^ \S.* (keys|close|show all|done|leave as it was)\b(?!.*…$)/.test(row);

function footerKeys(rows: readonly string[]): ReadonlyMap<string, string> {
  const parts = (rows.at(-1) ?? '').trim().split(/ {2,}/);
  return new Map(parts.map((part) => [part.slice(part.indexOf(' ') + 1), part.slice(0, part.indexOf(' '))]));
}

/** A new folder in the system's folder for such; to be removed with `rmSync`. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'first-token-app-'));

/** Starts the built program in a pseudo-terminal, and an emulator that shows what it draws. */
export function startApp(options: AppOptions = {}) {
  const { cols = 100, rows = 30, args = ['--pace', 'instant'], env = {}, within = [] } = options;
  const cwd = options.cwd ?? newFolder();
  const terminal = new xterm.Terminal({ cols, rows, allowProposedApi: true, scrollback: 0 });
  const [file = '', ...argv] = [...within, process.execPath, join(process.cwd(), 'dist/cli.js'), ...args];
  const pty = spawn(file, argv, {
    name: 'xterm-256color',
    cols,
    rows,
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, FIRST_TOKEN_HOME: cwd, TERM: 'xterm-256color', ...env },
  });
  const watchers = new Set<() => void>();
  const looked = () => {
    for (const watcher of watchers) watcher();
  };
  let raw = '';
  let frames = 0;
  let written = Promise.resolve();
  pty.onData((data) => {
    raw += data;
    written = new Promise((resolve) => terminal.write(data, resolve));
    // What is half drawn is nothing to look at: the end of a synchronised update comes by itself.
    void written.then(() => terminal.modes.synchronizedOutputMode || looked());
  });
  // Each frame is seen, also where one piece of output holds several.
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, ([mode]) => {
    if (mode === 2026) {
      frames++;
      looked();
    }
    return false;
  });
  const ended = new Promise<{ code: number; signal: number }>((resolve) => {
    pty.onExit(({ exitCode, signal = 0 }) => {
      void written.then(() => resolve({ code: exitCode, signal }));
    });
  });
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
    looked();
  });

  const lines = () => {
    const { active } = terminal.buffer;
    return Array.from({ length: terminal.rows }, (_, row) => active.getLine(active.baseY + row));
  };
  const screen = (): readonly string[] => lines().map((line) => line?.translateToString(true) ?? '');

  /** Resolves with the screen as soon as it is what is wanted; looks whenever something was drawn. */
  function waitFor(wanted: Wanted, why: string): Promise<readonly string[]> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        watchers.delete(look);
        clearTimeout(timer);
        settle();
      };
      const fail = (what: string) =>
        end(() => reject(new Error(`${what} while waiting for ${why} (${wanted})\n${screen().join('\n')}`)));
      const look = () => {
        const now = screen();
        if (typeof wanted === 'function' ? wanted(now) : wanted.test(now.join('\n'))) {
          end(() => resolve(now));
        } else if (hasEnded) fail('The program ended');
      };
      const timer = setTimeout(() => fail(`Nothing after ${boundMs} ms`), boundMs);
      watchers.add(look);
      look();
    });
  }

  return {
    cwd,
    waitFor,
    /** How many frames have been drawn so far. */
    frames: () => frames,
    /**
     * From now on looks at every frame: one header above, one footer below, and no row wider than the terminal,
     * whether it went on in the next one or Ink cut it. Gives a function that ends this and says what was wrong, once each.
     */
    watchFrames: () => {
      const faults = new Set<string>();
      const look = () => {
        const rows = screen();
        if (!isHeader(rows[0])) faults.add(`no header: ${rows[0]}`);
        if (!isFooter(rows.at(-1))) faults.add(`no footer: ${rows.at(-1)}`);
        if (rows.slice(1).some(isHeader)) faults.add('a second header');
        const isCut = rows.some((row) => row.length >= terminal.cols && row.endsWith('…'));
        if (isCut || lines().some((line) => line?.isWrapped)) faults.add(`too wide:\n${rows.join('\n')}`);
      };
      watchers.add(look);
      look();
      return () => {
        watchers.delete(look);
        return [...faults];
      };
    },
    /** The keys in the footer, by what it says they do. */
    footer: () => footerKeys(screen()),
    /** Presses the key that the footer shows for this; fails if there is none. */
    choose: (label: string) => {
      const key = footerKeys(screen()).get(label);
      if (!key) throw new Error(`The footer has no key for ${label}:\n${screen().join('\n')}`);
      const control = /^Ctrl\+([A-Z])$/.exec(key)?.[1];
      pty.write(
        named[key.toLowerCase()] ?? (control ? String.fromCharCode(control.charCodeAt(0) - 64) : key[0]!),
      );
    },
    /** Presses keys by their names; a name that is none is typed. */
    press: (...keys: readonly string[]) => {
      for (const key of keys) pty.write(named[key] ?? key);
    },
    raw: () => raw,
    /** What has been switched in the terminal and not switched back. */
    modes: () => ({
      isAlternateScreen: terminal.buffer.active.type === 'alternate',
      isCursorHidden: raw.lastIndexOf('\x1b[?25l') > raw.lastIndexOf('\x1b[?25h'),
      isBracketedPaste: terminal.modes.bracketedPasteMode,
    }),
    resize: (columns: number, lineCount: number) => {
      terminal.resize(columns, lineCount);
      pty.resize(columns, lineCount);
    },
    kill: (signal: NodeJS.Signals) => process.kill(pty.pid, signal),
    /** Resolves when the program has ended and all it wrote has been drawn. */
    exit: () => ended,
    /** Ends the program whatever it does. */
    [Symbol.asyncDispose]: async () => {
      if (!hasEnded) pty.kill('SIGKILL');
      await ended;
      terminal.dispose();
      if (!options.cwd) rmSync(cwd, { recursive: true, force: true });
    },
  };
}
