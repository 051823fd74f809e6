import { readdirSync, readFileSync } from 'node:fs';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** A program in a pseudo-terminal of 120×40, and what it has drawn. */
export type Shown = ReturnType<typeof show>;

/** How long to wait for something on screen before the bench fails. */
const boundMs = 60_000;

export function show(argv: readonly string[], home: string) {
  const terminal = new xterm.Terminal({ cols: 120, rows: 40, allowProposedApi: true, scrollback: 0 });
  const { PATH } = process.env;
  const startMs = performance.now();
  const pty = spawn(process.execPath, [...argv], {
    name: 'xterm-256color',
    cols: 120,
    rows: 40,
    cwd: home,
    env: { PATH, HOME: home, FIRST_TOKEN_HOME: home, TERM: 'xterm-256color' },
  });
  let bytes = 0;
  const watchers = new Set<() => void>();
  pty.onData((data) => {
    bytes += Buffer.byteLength(data);
    terminal.write(data, () => {
      for (const watcher of watchers) watcher();
    });
  });
  const ended = new Promise<void>((resolve) => pty.onExit(() => resolve()));

  const screen = (): string =>
    Array.from({ length: terminal.rows }, (_, row) =>
      terminal.buffer.active.getLine(row)?.translateToString(true),
    ).join('\n');

  return {
    startMs,
    screen,
    press: (keys: string) => pty.write(keys),
    /** What it has written so far. */
    bytes: () => bytes,
    /** The time of all its threads so far, to a hundredth of a second. */
    cpuMs: (): number => {
      const fields = readFileSync(`/proc/${pty.pid}/stat`, 'latin1').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    /** The time of the threads that it has now, to far less than a millisecond; those that have ended do not count. */
    threadMs: (): number => {
      const tasks = `/proc/${pty.pid}/task`;
      const times = readdirSync(tasks).map((id) =>
        Number.parseInt(readFileSync(`${tasks}/${id}/schedstat`, 'latin1'), 10),
      );
      return times.reduce((sum, time) => sum + time, 0) / 1e6;
    },
    /** How often its main thread woke up. */
    wakes: (): number =>
      Number(
        /^voluntary_ctxt_switches:\s+(\d+)/m.exec(readFileSync(`/proc/${pty.pid}/status`, 'latin1'))?.[1],
      ),
    /** Resolves with the time at which the wanted text was there. */
    waitFor: (wanted: RegExp): Promise<number> =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!wanted.test(screen())) return;
          watchers.delete(look);
          clearTimeout(timer);
          resolve(performance.now());
        };
        const timer = setTimeout(
          () => reject(new Error(`Nothing like ${wanted} came:\n${screen()}`)),
          boundMs,
        );
        watchers.add(look);
        look();
      }),
    /** Lets it end by itself: only then Node keeps what it compiled, for the next start. */
    quit: async () => {
      pty.write('\x03');
      await ended;
      terminal.dispose();
    },
    /** Ends it. */
    end: async () => {
      pty.kill('SIGKILL');
      await ended;
      terminal.dispose();
    },
  };
}
