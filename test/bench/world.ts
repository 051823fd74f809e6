import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { type Shown, show } from './terminal.ts';

/** What a loop over a stream takes, and its whole process. */
export interface BareCost {
  readonly cpuMs: number;
  readonly processMs: number;
}

/** What the rows of the bench measure with. */
export type World = Awaited<ReturnType<typeof openWorld>>;

const here = (name: string): string => join(import.meta.dirname, name);
const app = join(process.cwd(), 'dist/cli.js');

/** Starts the server and bundles what the app is measured against. */
export async function openWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'first-token-bench-'));
  const server = spawn(process.execPath, [here('server.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = (await once(server.stdout, 'data')) as [Buffer];
  const origin = `http://127.0.0.1:${String(port).trim()}`;
  await bundle({ hello: here('hello.ts'), bare: here('bare.mjs') }, join(folder, 'bundled'));

  const urlOf = (count: number, gapMs: number): string => `${origin}/${count}/${gapMs}/v1`;
  let homes = 0;
  const newHome = (): string => mkdtempSync(join(folder, `home-${homes++}-`));

  function runBare(script: string, count: number, gapMs: number): BareCost {
    const file = join(newHome(), 'cost.json');
    const startMs = performance.now();
    execFileSync(process.execPath, [script, urlOf(count, gapMs), file]);
    const processMs = performance.now() - startMs;
    return { ...(JSON.parse(readFileSync(file, 'utf8')) as { readonly cpuMs: number }), processMs };
  }

  return {
    urlOf,
    /** Starts the app. */
    app: (...args: readonly string[]): Shown => show([app, ...args], newHome()),
    hello: (): Shown => show([join(folder, 'bundled/hello.js')], newHome()),
    bare: (count: number, gapMs: number): BareCost => runBare(here('bare.mjs'), count, gapMs),
    /** The same in one file, as the app is: it starts faster. */
    bundledBare: (count: number, gapMs: number): BareCost =>
      runBare(join(folder, 'bundled/bare.js'), count, gapMs),
    /** Records a stream as the app does and gives the bytes that it then holds for each chunk, and those that came. */
    memory: (): { readonly perChunk: number; readonly raw: number } =>
      JSON.parse(
        execFileSync(process.execPath, ['--expose-gc', here('memory.ts'), urlOf(1000, 1), urlOf(4000, 1)], {
          encoding: 'utf8',
        }),
      ),
    /** Opens lesson 3c at the server, once all that it loads is loaded. */
    lesson: async (count: number, gapMs: number): Promise<Shown> => {
      const shown = show([app, '--endpoint', urlOf(count, gapMs)], newHome());
      await shown.waitFor(/Your turn/);
      shown.press('/');
      await shown.waitFor(/nothing by|^ {3}\/ /m);
      shown.press('3c');
      await shown.waitFor(/\/ 3c/);
      shown.press('\r');
      await shown.waitFor(/Enter open/);
      shown.press('\r');
      await shown.waitFor(/Before you run it/);
      await quiet(shown);
      return shown;
    },
    close: () => {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when a program has done nothing for a while. */
export async function quiet(shown: Shown): Promise<void> {
  for (let still = 0, before = -1; still < 5; ) {
    await pause(100);
    const now = shown.cpuMs();
    still = now === before ? still + 1 : 0;
    before = now;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
