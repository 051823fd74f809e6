import { useAnimation, useApp, useInput, usePaste, useWindowSize } from 'ink';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Look } from './components/box.ts';
import { type Highlighter, loadHighlighter, plainCode } from './components/highlight.ts';
import { keyNames } from './components/key-names.ts';
import { fitRows } from './components/line.ts';
import { ColorContext, Lines } from './components/lines.tsx';
import { experiments, findExperiment, lessons } from './core/lessons/index.ts';
import type { Experiment } from './core/lessons/types.ts';
import { floodFrameMs, frameMs } from './core/run/listeners.ts';
import type { RunSnapshot } from './core/run/log.ts';
import type { Session } from './core/session.ts';
import { type AppModel, doneCount } from './screens/app-model.ts';
import type { Screen } from './screens/app-state.ts';
import { body } from './screens/body.ts';
import { frame, frameRows } from './screens/frame.ts';
import { header } from './screens/header.ts';
import { homeItems, unsaidNote } from './screens/home.ts';
import { isWide } from './screens/lesson.ts';
import { type AppPlaces, placeTitles } from './screens/places.ts';

/** What the app knows of its terminal once it is drawn. */
export interface Terminal {
  /** Hands the terminal over to another program while `use` goes on. */
  lend: (use: () => Promise<void>) => Promise<void>;
}

export interface AppProps {
  readonly session: Session;
  readonly model: AppModel<AppPlaces>;
  readonly hasColor: boolean;
  readonly look: Look;
  /** Filled in by the app. */
  readonly terminal?: Terminal;
  /** Called when the app is taken off the screen, for whatever reason. */
  readonly onLeave?: () => void;
  /** The size of the terminal, where it is not to be asked. */
  readonly size?: { readonly columns: number; readonly rows: number };
}

/** The whole screen. It draws what the session and the model hold, and hands them the keys. */
export function App({ session, model, hasColor, look, terminal, onLeave, size }: AppProps): ReactNode {
  const window = useWindowSize();
  const { columns, rows } = size ?? window;
  const { suspendTerminal } = useApp();
  const state = useSyncExternalStore(model.subscribe, model.getSnapshot);
  const {
    endpoint,
    model: asked,
    running,
    failure,
  } = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const progress = useSyncExternalStore(session.progress.subscribe, session.progress.getSnapshot);
  const highlight = useHighlighter(state.screen.name === 'lesson' || state.screen.name === 'place');

  const id = model.shownRun;
  const log = model.shownLog;
  const subscribeToLog = useMemo(() => (log ? afterAll(log.subscribe) : never), [log]);
  const run = useSyncExternalStore(subscribeToLog, log?.getSnapshot ?? noSnapshot);
  const isGoing = running !== null && log !== null && log === session.runOf(running)?.log;
  // While chunks pour in they redraw the screen themselves; the clock is only for the waits between. A screen reader
  // would read out every tick of it.
  useAnimation({
    interval: 100,
    isActive: useSilence(isGoing && !look.isPlain ? (run?.version ?? 0) : null),
  });

  useInput((input, key) => {
    for (const name of keyNames(input, key)) model.press(name);
  });

  // Without it a paste would come as keys, and its line ends as Enter.
  usePaste((text) => model.paste(text));

  useEffect(() => {
    if (terminal) terminal.lend = suspendTerminal;
  }, [terminal, suspendTerminal]);

  // Not an effect that may wait: a signal ends the process right behind.
  useLayoutEffect(() => onLeave, [onLeave]);

  useEffect(() => {
    if (id) void session.warmUp();
  }, [id, session]);

  const bodyRows = Math.max(1, rows - frameRows);
  const { lines, extent } = body({
    session,
    model,
    summary: run?.summary ?? null,
    highlight,
    columns,
    rows: bodyRows,
    look,
  });
  model.extent = extent;
  const news = unsaidNote(progress, endpoint, session.keys, bodyRows);
  const screen = frame({
    header: header({
      place: titleOf(state.screen, isWide(columns, look)),
      endpoint,
      model: model.shownModel ?? asked,
      file: model.shownFile,
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
}

const never = () => () => {};

/** Has listeners hear once all is done that goes with the news: an ending changes log, session and progress at a time. */
const afterAll =
  (subscribe: (listener: () => void) => () => void): typeof subscribe =>
  (listener) => {
    let soon: NodeJS.Immediate | null = null;
    const leave = subscribe(() => {
      soon ??= setImmediate(() => {
        soon = null;
        listener();
      });
    });
    return () => {
      if (soon) clearImmediate(soon);
      leave();
    };
  };

/** So long nothing new makes a wait of which the time is shown: longer than from one frame of a flood to the next. */
const silenceMs = floodFrameMs + frameMs;

/** Whether a run has brought nothing for a while; null for none that goes on. */
function useSilence(version: number | null): boolean {
  const [silentAt, setSilentAt] = useState<number | null>(null);
  useEffect(() => {
    if (version === null) return;
    const timer = setTimeout(() => setSilentAt(version), silenceMs);
    return () => clearTimeout(timer);
  }, [version]);
  return version !== null && silentAt === version;
}

const noSnapshot = (): RunSnapshot | null => null;

/** Where one is. A lesson without room for both columns has its own title below. */
function titleOf(screen: Screen, hasRoom: boolean): string {
  if (screen.name === 'place') return placeTitles[screen.id];
  if (screen.name === 'page') return homeItems.find(({ id }) => id === screen.id)?.title ?? '';
  const experiment = screen.name === 'lesson' ? findExperiment(screen.id) : undefined;
  return experiment ? lessonTitle(experiment, hasRoom) : '';
}

function lessonTitle(experiment: Experiment, hasRoom: boolean): string {
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
