import { expect, test } from 'vitest';
import { type App, startApp } from '../helpers/pty.ts';

/** Comes into the middle of a long answer at its real pace. */
async function stream(app: App): Promise<void> {
  await app.waitFor(/q quit$/, 'home');
  app.press(...'/3c', 'enter', 'enter', 'enter');
  await app.waitFor(/│ +([2-9]|[1-9]\d) .*Esc stop$/ms, 'the first chunks');
}

test('the terminal may change its size in the middle of a stream', async () => {
  await using app = startApp({ cols: 120, rows: 40, args: [] });
  await stream(app);
  for (const [cols, rows] of [
    [80, 24],
    [60, 15],
    [120, 40],
  ] as const) {
    app.resize(cols, rows);
    await app.waitFor(
      (now) => now[1] === '─'.repeat(cols) && / Esc stop$/.test(now[rows - 1]!),
      `a frame of ${cols} × ${rows} while the stream goes on`,
    );
    const faults = app.watchFrames();
    const drawn = app.frames();
    await app.waitFor(() => app.frames() > drawn + 1, 'further frames');
    expect(faults()).toEqual([]);
  }
  await app.waitFor(/finish +stop +reported[\s\S]*Enter run again/, 'the end of the run');
});

/** A shell that prints the terminal's settings before and after the program, and the program's own process id. */
const shell = [
  'sh',
  '-c',
  `echo "tty $(stty -g)"; sh -c 'echo "pid $$"; exec "$@"' sh "$@"; echo "code $?"; echo "tty $(stty -g)"`,
  'sh',
];

const home = (app: App) => app.waitFor(/q quit$/, 'home');
const send = (name: NodeJS.Signals) => (app: App) => {
  process.kill(Number(/pid (\d+)/.exec(app.raw())?.[1]), name);
};

test.concurrent.for<[string, typeof stream | typeof home, (app: App) => void, number]>([
  ['q', home, (app) => app.choose('quit'), 0],
  ['Ctrl+C', home, (app) => app.press('ctrl+c'), 0],
  ['SIGINT', home, send('SIGINT'), 128 + 2],
  ['SIGHUP', home, send('SIGHUP'), 128 + 1],
  ['SIGTERM in a stream', stream, send('SIGTERM'), 128 + 15],
  ['a crash in a stream', stream, send('SIGUSR2'), 1],
])('after %s the terminal is as it was', async ([, comeTo, leave, code], { expect }) => {
  const crash = `process.on('SIGUSR2', () => { throw new Error('boom') })`;
  await using app = startApp({
    args: [],
    within: shell,
    env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(crash)}` },
  });
  await comeTo(app);
  // Pasting is switched on a moment after the first frame.
  await app.waitFor(() => app.modes().isBracketedPaste, 'bracketed paste');
  expect(app.modes()).toEqual({ isAlternateScreen: true, isCursorHidden: true, isBracketedPaste: true });
  leave(app);
  await app.exit();
  expect(app.modes()).toEqual({ isAlternateScreen: false, isCursorHidden: false, isBracketedPaste: false });
  expect(/code (\d+)/.exec(app.raw())?.[1]).toBe(String(code));
  const [before, after] = app.raw().match(/(?<=tty )\S+/g) ?? [];
  expect(before).toMatch(/:/);
  expect(after).toBe(before);
});

test('what is piped in opens in the inspector, and the keys come from the terminal all the same', async () => {
  const chunk = {
    id: 'x',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: { content: 'Piped' } }],
  };
  const capture = `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`;
  await using app = startApp({
    args: ['open', '-'],
    within: [
      'sh',
      '-c',
      `echo "tty $(stty -g)"; printf '%s' "$CAPTURE" | "$@"; echo "code $?"; echo "tty $(stty -g)"`,
      'sh',
    ],
    env: { CAPTURE: capture },
  });
  await app.waitFor(/^ standard input [\s\S]*'Piped'/m, 'the inspector');
  app.press('2');
  await app.waitFor(/data: \[DONE\]/, 'its bytes');
  app.press('esc');
  await home(app);
  app.choose('quit');
  await app.exit();
  expect(app.raw()).toMatch(/code 0/);
  const [before, after] = app.raw().match(/(?<=tty )\S+/g) ?? [];
  expect(after).toBe(before);
});
