import { render, useAnimation, useInput, usePaste, useWindowSize } from 'ink';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import type { Look } from './components/box.ts';
import { type Highlighter, loadHighlighter, plainCode } from './components/highlight.ts';
import { keyNames } from './components/key-names.ts';
import { fitRows, type Line, span } from './components/line.ts';
import { ColorContext, Lines } from './components/lines.tsx';
import { findServers } from './core/api/discover.ts';
import { practiceEndpoint } from './core/api/endpoint.ts';
import type { EndpointName } from './core/api/endpoints.ts';
import type { KeyReport } from './core/api/keys.ts';
import { startPractice } from './core/api/practice.ts';
import type { Clock } from './core/clock.ts';
import { experiments, findExperiment, lessons } from './core/lessons/index.ts';
import type { Experiment } from './core/lessons/types.ts';
import type { Redactor } from './core/mask.ts';
import { openProgress } from './core/progress.ts';
import type { RunSnapshot } from './core/run/log.ts';
import { Session } from './core/session.ts';
import { AppModel, doneCount } from './screens/app-model.ts';
import type { Extent } from './screens/app-state.ts';
import { EndpointsModel } from './screens/endpoints/endpoints-model.ts';
import { endpointsView } from './screens/endpoints/endpoints-view.ts';
import { frame, frameRows } from './screens/frame.ts';
import { header } from './screens/header.ts';
import { home, unsaidNote } from './screens/home.ts';
import { isWide, lesson } from './screens/lesson.ts';
import { helpPage, takeawaysPage, whenPage } from './screens/pages.ts';
import type { Host, PlaceName } from './screens/place.ts';

/** The screens with keys of their own. */
export const placesIn = (host: Host) => ({
  endpoints: new EndpointsModel(host, findServers),
});

const placeTitles: Readonly<Record<PlaceName, string>> = {
  sandbox: 'Sandbox',
  endpoints: 'Endpoints',
  doctor: 'Key doctor',
};

export interface AppProps {
  readonly session: Session;
  readonly model: AppModel<ReturnType<typeof placesIn>>;
  readonly hasColor: boolean;
  readonly look: Look;
  /** The size of the terminal, where it is not to be asked. */
  readonly size?: { readonly columns: number; readonly rows: number };
}

/** The whole screen. It draws what the session and the model hold, and hands them the keys. */
export function App({ session, model, hasColor, look, size }: AppProps): ReactNode {
  const window = useWindowSize();
  const { columns, rows } = size ?? window;
  const state = useSyncExternalStore(model.subscribe, model.getSnapshot);
  const {
    endpoint,
    model: asked,
    running,
    failure,
  } = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const progress = useSyncExternalStore(session.progress.subscribe, session.progress.getSnapshot);
  const highlight = useHighlighter(state.screen.name === 'lesson');

  const id = state.screen.name === 'lesson' ? state.screen.id : null;
  const log = id ? (session.runOf(id)?.log ?? null) : null;
  const run = useSyncExternalStore(log?.subscribe ?? never, log?.getSnapshot ?? noSnapshot);
  const step = run?.summary.steps.at(-1);
  // While chunks pour in they redraw the screen themselves; the clock is only for the waits between.
  useAnimation({ interval: 100, isActive: running !== null && running === id && (step?.chunks ?? 0) === 0 });

  useInput((input, key) => {
    for (const name of keyNames(input, key)) model.press(name);
  });

  // Without it a paste would come as keys, and its line ends as Enter.
  usePaste((text) => model.paste(text));

  useEffect(() => {
    if (id) void session.warmUp();
  }, [id, session]);

  const bodyRows = Math.max(1, rows - frameRows);
  const { lines, extent } = body();
  model.extent = extent;
  const experiment = id ? findExperiment(id) : undefined;
  const news = unsaidNote(progress, endpoint, session.keys, bodyRows);
  const screen = frame({
    header: header({
      place: experiment
        ? placeOf(experiment, isWide(columns, look))
        : state.screen.name === 'place'
          ? placeTitles[state.screen.id]
          : '',
      endpoint,
      model: asked,
      done: doneCount(progress.done),
      total: experiments.length,
      width: columns,
    }),
    body: lines,
    notice: failure ?? state.notice ?? (state.screen.name === 'home' ? news : null),
    bindings: model.bindings(),
    columns,
    rows,
    look,
  });
  return (
    <ColorContext value={hasColor}>
      <Lines lines={fitRows(screen, rows)} />
    </ColorContext>
  );

  function body(): { readonly lines: readonly Line[]; readonly extent: Extent } {
    const { screen: place, selected, query, isTyping } = state;
    if (state.isHelp) return scrolled(helpPage(Math.min(columns - 6, 90)));
    if (place.name === 'page') {
      const width = Math.min(columns - 6, 90);
      return scrolled(place.id === 'when' ? whenPage(width) : takeawaysPage(progress, width));
    }
    if (place.name === 'place') {
      return {
        lines: placeLines(place.id),
        extent: { isNarrow: false, content: 0, window: bodyRows, from: 0 },
      };
    }
    const found = place.name === 'lesson' ? findExperiment(place.id) : undefined;
    if (found) {
      const summary = run?.summary ?? null;
      return lesson({ experiment: found, session, model, summary, highlight, columns, rows: bodyRows, look });
    }
    const { keys } = session;
    return {
      lines: home({
        progress,
        selected,
        query,
        isTyping,
        endpoint,
        keys,
        width: columns,
        rows: bodyRows,
        look,
      }),
      extent: { isNarrow: false, content: 0, window: bodyRows, from: 0 },
    };
  }

  function placeLines(name: PlaceName): readonly Line[] {
    switch (name) {
      case 'endpoints':
        return endpointsView({
          state: model.places.endpoints.getSnapshot(),
          session,
          width: columns,
          rows: bodyRows,
          look,
        });
      default:
        return [];
    }
  }

  function scrolled(content: readonly Line[]): { readonly lines: readonly Line[]; readonly extent: Extent } {
    const padded = [[], ...content].map((row): Line => [span('   '), ...row]);
    const hasAll = padded.length <= bodyRows;
    const shown = hasAll ? bodyRows : bodyRows - 1;
    const from = Math.max(0, Math.min(state.scroll, padded.length - shown));
    const below = padded.length - shown - from;
    const more = below > 0 ? `   ↓ ${below} more` : `   ↑ ${from} above`;
    return {
      lines: [
        ...fitRows(padded.slice(from, from + shown), shown),
        ...(hasAll ? [] : [[span(more, 'muted')]]),
      ],
      extent: { isNarrow: false, content: padded.length, window: shown, from },
    };
  }
}

const never = () => () => {};
const noSnapshot = (): RunSnapshot | null => null;

/** Where a lesson belongs; without room for both columns its own title stands below. */
function placeOf(experiment: Experiment, hasRoom: boolean): string {
  const group = lessons.find(({ experiments: all }) => all.includes(experiment))?.title ?? '';
  return hasRoom ? `${group} › ${experiment.id} ${experiment.title}` : group;
}

/** Loads the highlighter when it is first needed; until then code is without colours. */
function useHighlighter(isNeeded: boolean): Highlighter {
  const [highlight, setHighlight] = useState<Highlighter>(() => plainCode);
  useEffect(() => {
    if (isNeeded && highlight === plainCode)
      void loadHighlighter().then((loaded) => setHighlight(() => loaded));
  }, [isNeeded, highlight]);
  return highlight;
}

export interface AppOptions {
  readonly keys: KeyReport;
  readonly redact: Redactor;
  readonly clock: Clock;
  /** The folder for progress; undefined for the system's. */
  readonly home: string | undefined;
  readonly pace: 'realtime' | 'fast' | 'instant';
  /** The endpoint asked for on the command line, or null for the one remembered. */
  readonly endpoint: EndpointName | null;
  /** The variable with the key of a compatible server that was asked for. */
  readonly keyName: string | null;
  readonly hasColor: boolean;
  readonly isScreenReader: boolean;
  /** Registers what gives the terminal back before a crash is reported. */
  readonly onCrash: (restore: () => void) => void;
}

/** Shows the app until it is quit. Resolves with the exit code. */
export async function runApp(options: AppOptions): Promise<number> {
  const { keys, redact, clock, pace, isScreenReader } = options;
  const progress = await openProgress({ clock, cwd: options.home });
  const session = new Session({
    clock,
    keys,
    progress,
    redact,
    startPractice: async (onEnd) => {
      const practice = await startPractice({ pace });
      void practice.exited.then(onEnd);
      return practiceEndpoint(practice.url);
    },
  });
  if (options.endpoint) {
    const { endpoint, keyName } = options;
    if (/^http/.test(endpoint)) session.keepServer({ baseURL: endpoint, keyName, model: null });
    session.chooseEndpoint(endpoint);
  }
  const model = new AppModel(session, () => instance.unmount(), placesIn);
  const instance = render(
    <App session={session} model={model} hasColor={options.hasColor} look={{ isPlain: isScreenReader }} />,
    {
      alternateScreen: true,
      incrementalRendering: true,
      maxFps: 60,
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
