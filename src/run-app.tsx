import { render } from 'ink';
import { App, type Terminal } from './app.tsx';
import { UsageError } from './commands/context.ts';
import type { Input } from './commands/input.ts';
import { findServers } from './core/api/discover.ts';
import { practiceEndpoint } from './core/api/endpoint.ts';
import type { EndpointName } from './core/api/endpoints.ts';
import type { KeyReport } from './core/api/keys.ts';
import type { Clock } from './core/clock.ts';
import type { Redactor } from './core/mask.ts';
import { openProgress } from './core/progress.ts';
import { openRun } from './core/run/open-run.ts';
import { Session } from './core/session.ts';
import { quote } from './core/visible.ts';
import { inspectorTools } from './inspector-tools.ts';
import type { Keyboard } from './keyboard.ts';
import { openSandboxTools } from './sandbox-tools.ts';
import { AppModel } from './screens/app-model.ts';
import { isServer, keepNamed } from './screens/endpoints/endpoints-state.ts';
import { placesIn } from './screens/places.ts';

export interface AppOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working folder. */
  readonly cwd: string;
  readonly keys: KeyReport;
  readonly redact: Redactor;
  readonly clock: Clock;
  /** The folder for progress and drafts; undefined for the system's. */
  readonly home: string | undefined;
  readonly pace: 'realtime' | 'fast' | 'instant';
  /** The endpoint asked for on the command line, or null for the one remembered. */
  readonly endpoint: EndpointName | null;
  /** The variable with the key of a compatible server that was asked for. */
  readonly keyName: string | null;
  /** A recording, a capture or a HAR file to begin with. */
  readonly file: Input | null;
  readonly keyboard: Keyboard;
  readonly hasColor: boolean;
  readonly isScreenReader: boolean;
  /** Writes to the terminal as it is. */
  readonly write: (sequence: string) => void;
  /** Registers what gives the terminal back before a crash is reported. */
  readonly onCrash: (restore: () => void) => void;
}

/**
 * Shows the app until it is quit. Resolves with the exit code.
 *
 * @throws UsageError where the endpoint that was asked for cannot be used.
 */
export async function runApp(options: AppOptions): Promise<number> {
  const { env, cwd, keys, redact, clock, home, pace, write, isScreenReader, keyboard, file } = options;
  const progress = await openProgress({ clock, cwd: home });
  const session = new Session({
    clock,
    keys,
    progress,
    redact,
    startPractice: async (onEnd) => {
      const { startPractice } = await import('./core/api/practice.ts');
      const practice = await startPractice({ pace });
      void practice.exited.then(onEnd);
      return practiceEndpoint(practice.url);
    },
  });
  if (options.endpoint) {
    const { endpoint, keyName } = options;
    if (isServer(endpoint)) keepNamed(session, endpoint, keyName);
    const why = session.chooseEndpoint(endpoint);
    if (why) throw new UsageError(`--endpoint ${endpoint}: ${why}`);
  }

  const terminal: Terminal = { lend: (use) => use() };
  const lend: Terminal['lend'] = (use) => terminal.lend(use);
  const sandbox = await openSandboxTools({ clock, redact, env, cwd, home, write, lend, keyboard });
  const inspector = inspectorTools(clock, redact, cwd);
  const opened = file && openRun(file.bytes, file.name, redact);
  if (opened?.events.length === 0) throw new Error(`${quote(file?.name ?? '')}: ${opened.problems[0]}`);
  const model = new AppModel(
    session,
    () => instance.unmount(),
    placesIn({
      sandbox,
      inspector,
      findServers,
      examine: async (isAsked) => {
        const [{ examine }, { thisMachine }] = await Promise.all([
          import('./core/doctor/examine.ts'),
          import('./core/doctor/this-machine.ts'),
        ]);
        const ask = isAsked ? { fetch: globalThis.fetch, signal: AbortSignal.timeout(60_000) } : null;
        return examine({ ...thisMachine(env, cwd), clock, ask });
      },
    }),
  );
  if (file && opened) model.openRecording(file.name, opened);
  const flush = () => model.places.sandbox.workbench.flush();
  const instance = render(
    <App
      session={session}
      model={model}
      hasColor={options.hasColor}
      look={{ isPlain: isScreenReader }}
      terminal={terminal}
      onLeave={flush}
    />,
    {
      stdin: keyboard.stream,
      alternateScreen: true,
      incrementalRendering: true,
      // For keys, which are not to wait behind the frame of a stream: streams bring 20 a second.
      maxFps: 120,
      exitOnCtrlC: false,
      // Whether this is a terminal was found out before; the variable CI does not make it less of one.
      interactive: true,
      isScreenReaderEnabled: isScreenReader,
    },
  );
  options.onCrash(() => instance.unmount());
  await instance.waitUntilExit();
  session.abort();
  return 0;
}
