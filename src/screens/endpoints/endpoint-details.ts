import { type Line, padEnd, span } from '../../components/line.ts';
import type { Style } from '../../components/theme.ts';
import { wrapParagraph } from '../../components/wrap.ts';
import { usualServers } from '../../core/api/discover.ts';
import { type Cost, costOfUse, practiceKey } from '../../core/api/endpoint.ts';
import { endpointLabel } from '../../core/api/endpoints.ts';
import { describeSource, type FoundKey } from '../../core/api/keys.ts';
import { model as lessonModel } from '../../core/lessons/messages.ts';
import { maskKey } from '../../core/mask.ts';
import type { Session } from '../../core/session.ts';
import { visible } from '../../core/visible.ts';
import { type EndpointsState, type Row, serverAt } from './endpoints-state.ts';

/** A label and a text, which may hold words of others. */
type Detail = readonly [label: string, text: string, style?: Style];

/** What there is to know of the selected row. */
export function detailLines(row: Row, session: Session, state: EndpointsState, width: number): Line[] {
  return detailsOf(row, session, state).flatMap(([label, text, style = 'text']) =>
    // A backtick in another's word is no markup.
    wrapParagraph(visible(text).replaceAll('`', "'").replaceAll('\n', ' '), width - 11, style).map(
      (line, index): Line => [span(padEnd(index === 0 ? `   ${label}` : '', 11), 'muted'), ...line],
    ),
  );
}

function detailsOf(row: Row, session: Session, state: EndpointsState): readonly Detail[] {
  switch (row.kind) {
    case 'add':
      return [
        ['', 'Whatever speaks this protocol: Ollama, LM Studio, llama.cpp, vLLM, a router.'],
        ['', 'If it wants a key, that stays where it is: you name its variable.'],
      ];
    case 'look':
      return lookDetails(state.found);
    case 'found':
      return [
        ['URL', row.server.baseURL],
        ['cost', costs.own],
        ['key', row.server.wantsKey ? 'it wants one: Enter asks for the name of its variable' : 'none'],
        ['what', `It answered on the usual port of ${row.server.names.join(' or ')}.`],
      ];
    case 'endpoint':
      if (row.id === 'practice') return practiceDetails;
      return row.id === 'openai' ? openaiDetails(session) : serverDetails(row.id, session, state);
  }
}

/** What a request costs, in full. */
const costs: Readonly<Record<Cost, string>> = {
  free: 'nothing',
  own: 'nothing, unless it asks a paid service in its turn',
  paid: 'each request costs money; the first one waits for a second Enter',
  unknown: 'requests may cost money; the first one waits for a second Enter',
};

const practiceDetails: readonly Detail[] = [
  ['URL', 'a port of this machine, from the first request on'],
  ['cost', costs.free],
  ['key', `${maskKey(practiceKey)}, which opens nothing else`],
  ['model', `${lessonModel} by name: its answers are written, worked out or sampled here, and not a model's`],
];

const keyDetail = ({ masked, length, source }: FoundKey): string =>
  `${masked} · ${length} characters · from ${describeSource(source)}`;

function openaiDetails(session: Session): readonly Detail[] {
  const { key, baseURL, organization, project, problems } = session.keys;
  const why = session.whyNot('openai');
  const account = [
    organization && `organisation ${maskKey(organization.value)}`,
    project && `project ${maskKey(project.value)}`,
  ];
  return [
    ['URL', `${endpointLabel('openai', session.keys).baseURL}${baseURL ? ' · OPENAI_BASE_URL' : ''}`],
    ['cost', costs.paid],
    ...(key ? [['key', keyDetail(key)] satisfies Detail] : []),
    ...(organization || project ? [['account', account.filter(Boolean).join(' · ')] satisfies Detail] : []),
    ['model', `${lessonModel}, as in the lessons`],
    ...(why ? [why] : problems).map((problem): Detail => ['', problem, 'warn']),
  ];
}

function serverDetails(baseURL: string, session: Session, { said }: EndpointsState): readonly Detail[] {
  const { keyName, model } = serverAt(session, baseURL);
  const key = keyName === null ? null : session.keys.named[keyName];
  const why = session.whyNot(baseURL);
  const answer = said[baseURL];
  return [
    ...(answer && answer !== why ? [['', answer, 'strong'] satisfies Detail] : []),
    ['URL', baseURL],
    ['cost', costs[costOfUse({ kind: 'compatible', baseURL })]],
    why ? ['key', why, 'warn'] : ['key', key ? `${keyName} · ${keyDetail(key)}` : 'none'],
    ['model', model ?? `none chosen: lessons ask for ${lessonModel}`],
  ];
}

function lookDetails(found: EndpointsState['found']): readonly Detail[] {
  if (found === 'looking') return [['', 'Looking …']];
  const ports = Map.groupBy(usualServers, ({ port }) => port);
  const list = [...ports].map(([port, servers]) => `${port} ${servers.map(({ name }) => name).join(' or ')}`);
  const result = found?.length
    ? `${found.length === 1 ? 'One server answers' : `${found.length} servers answer`} here, listed above.`
    : 'None of these answered.';
  return [
    ...(found ? [['', result, 'strong'] satisfies Detail] : []),
    ['', 'Asks these ports of 127.0.0.1 for their models, once and without a key.'],
    ['ports', list.join(', ')],
  ];
}
