import type { Look } from '../components/box.ts';
import type { Highlighter } from '../components/highlight.ts';
import type { Line } from '../components/line.ts';
import { findExperiment } from '../core/lessons/index.ts';
import type { RunSummary } from '../core/run/summary.ts';
import type { Session } from '../core/session.ts';
import type { AppModel } from './app-model.ts';
import type { Extent } from './app-state.ts';
import { doctorPage } from './doctor.ts';
import { endpointsView } from './endpoints/endpoints-view.ts';
import { home } from './home.ts';
import { inspectorView } from './inspector/inspector-view.ts';
import { lesson } from './lesson.ts';
import { helpPage, takeawaysPage, whenPage } from './pages.ts';
import type { PlaceName } from './place.ts';
import { type AppPlaces, placeTitles } from './places.ts';
import { sandboxView } from './sandbox/sandbox-view.ts';
import { scrolled } from './scrolled.ts';

export interface BodyView {
  readonly session: Session;
  readonly model: AppModel<AppPlaces>;
  /** Of the run that is on screen, if one is. */
  readonly summary: RunSummary | null;
  readonly highlight: Highlighter;
  readonly columns: number;
  readonly rows: number;
  readonly look: Look;
}

/** What stands between the header and the footer, in exactly `rows` rows, and what of it can be scrolled. */
export function body(view: BodyView): { readonly lines: readonly Line[]; readonly extent: Extent } {
  const { session, model, columns, rows, look } = view;
  const state = model.getSnapshot();
  const progress = session.progress.getSnapshot();
  const { screen } = state;
  const page = (lines: readonly Line[]) => {
    const { lines: shown, ...extent } = scrolled(lines, state.scroll, rows);
    return { lines: shown, extent: { isNarrow: false, ...extent } };
  };
  const still = (lines: readonly Line[]) => ({
    lines,
    extent: { isNarrow: false, content: 0, window: rows, from: 0 },
  });
  const pageWidth = Math.min(columns - 6, 90);
  if (state.isHelp) {
    return page(helpPage(pageWidth, screen.name === 'place' ? placeTitles[screen.id] : null));
  }
  if (screen.name === 'page') {
    return page(screen.id === 'when' ? whenPage(pageWidth) : takeawaysPage(progress, pageWidth));
  }
  if (screen.name === 'place') return still(placeLines(view, screen.id, pageWidth));
  const experiment = screen.name === 'lesson' ? findExperiment(screen.id) : undefined;
  if (experiment) return lesson({ ...view, experiment });
  const { selected, query, isTyping } = state;
  const { endpoint } = session.getSnapshot();
  const { keys } = session;
  return still(home({ progress, selected, query, isTyping, endpoint, keys, width: columns, rows, look }));
}

function placeLines(view: BodyView, name: PlaceName, pageWidth: number): readonly Line[] {
  const { session, model, columns, rows, look } = view;
  const { sandbox, inspector, endpoints, doctor } = model.places;
  switch (name) {
    case 'sandbox':
      return sandboxView({ ...view, model: sandbox });
    case 'inspector':
      return inspectorView(inspector, columns, rows, look);
    case 'endpoints':
      return endpointsView({ state: endpoints.getSnapshot(), session, width: columns, rows, look });
    case 'doctor': {
      const { lines, content, window } = scrolled(doctorPage(doctor, pageWidth), doctor.scroll, rows);
      doctor.extent = { content, window };
      return lines;
    }
  }
}
