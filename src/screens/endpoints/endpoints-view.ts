import type { Look } from '../../components/box.ts';
import {
  blank,
  cellWidth,
  clip,
  fitRows,
  type Line,
  line,
  padEnd,
  span,
  within,
} from '../../components/line.ts';
import { costOfUse, costWords } from '../../core/api/endpoint.ts';
import { endpointLabel } from '../../core/api/endpoints.ts';
import type { Session } from '../../core/session.ts';
import { visible } from '../../core/visible.ts';
import { windowOf } from '../window.ts';
import { detailLines } from './endpoint-details.ts';
import { type EndpointsState, isServer, type Row, rowsOf, serverAt } from './endpoints-state.ts';
import { fieldView } from './field-view.ts';
import { modelsView } from './models-view.ts';
import { shortName } from './sentences.ts';

export interface EndpointsView {
  readonly state: EndpointsState;
  readonly session: Session;
  readonly width: number;
  readonly rows: number;
  readonly look: Look;
}

/** Who answers, in exactly `rows` rows; from 44 columns on none is wider than the screen. */
export function endpointsView(view: EndpointsView): Line[] {
  const { state, width, rows } = view;
  const { mode } = state;
  const lines =
    mode.name === 'list'
      ? listView(view)
      : mode.name === 'models'
        ? modelsView(mode, view)
        : fieldView(mode, view);
  return fitRows(lines, rows).map((each) => within(each, width));
}

/** The rows, and below them what there is to know of the selected one, which comes first where room is scarce. */
function listView({ state, session, width, rows }: EndpointsView): Line[] {
  const all = rowsOf(session, state);
  const selected = Math.max(
    0,
    all.findIndex(({ id }) => id === state.selected),
  );
  const details = detailLines(all[selected]!, session, state, width - 1);
  const isRoomy = rows >= all.length + details.length + 4;
  const room = Math.max(3, rows - details.length);
  const names = all.map((row) => (isWay(row) ? '' : partsOf(row, session).name));
  const nameWidth = Math.min(Math.max(...names.map(cellWidth)), width - 26);
  const { from, to } = windowOf(all.length, selected, room);
  return [
    ...(isRoomy ? [blank, line('   Who answers', 'title'), blank] : []),
    ...all.slice(from, to).map((row, index) => rowLine(row, from + index === selected, session, nameWidth)),
    ...(rows > to - from + details.length ? [blank] : []),
    ...details,
  ];
}

/** Whether a row is a way to more. It has no facts beside it. */
const isWay = ({ kind }: Row): boolean => kind === 'add' || kind === 'look';

function rowLine(row: Row, isSelected: boolean, session: Session, nameWidth: number): Line {
  const { glyph, name, facts } = partsOf(row, session);
  const isInUse = session.getSnapshot().name === row.id;
  const shown = visible(name);
  return [
    span(isSelected ? ' › ' : '   ', 'accent'),
    span(`${glyph} `, isInUse ? 'ok' : 'muted'),
    span(
      ` ${isWay(row) ? shown : padEnd(clip(shown, nameWidth), nameWidth)} `,
      isSelected ? 'selected' : 'text',
    ),
    ...(isInUse ? [span(' in use', 'ok'), span(facts ? ' ·' : '', 'muted')] : []),
    span(facts ? ` ${visible(facts)}` : '', 'muted'),
  ];
}

function partsOf(
  row: Row,
  session: Session,
): { readonly glyph: string; readonly name: string; readonly facts: string } {
  switch (row.kind) {
    case 'add':
      return { glyph: '+', name: 'a compatible server, by its URL', facts: '' };
    case 'look':
      return { glyph: '+', name: 'look for servers on this machine', facts: '' };
    case 'found': {
      const { names, models, wantsKey, baseURL } = row.server;
      const facts = `found · ${names.join(' or ')}? · ${wantsKey ? 'wants a key' : countOf(models)}`;
      return { glyph: '○', name: shortName(baseURL, session.keys), facts };
    }
    case 'endpoint': {
      const isInUse = session.getSnapshot().name === row.id;
      const facts = [costWords[costOfUse(endpointLabel(row.id, session.keys))]];
      if (isServer(row.id)) facts.push(...serverFacts(row.id, session));
      else if (row.id === 'openai') facts.push(session.keys.key?.masked ?? 'no key');
      return { glyph: isInUse ? '●' : '○', name: shortName(row.id, session.keys), facts: facts.join(' · ') };
    }
  }
}

function serverFacts(baseURL: string, session: Session): readonly string[] {
  const { model, keyName } = serverAt(session, baseURL);
  return [model ?? 'no model chosen', ...(keyName ? [keyName] : [])];
}

const countOf = (models: readonly string[]): string =>
  models.length === 1 ? '1 model' : `${models.length} models`;
