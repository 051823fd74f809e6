import type { Binding } from '../../components/binding.ts';
import type { TabName } from './tab.ts';

/** What the inspector is like, as far as its keys depend on it. */
export interface InspectorContext {
  /** `run`: a run is looked at; `choice`: a list lies over it; `field`: a line is typed. */
  readonly mode: 'run' | 'choice' | 'field';
  readonly tab: TabName;
  readonly hasRun: boolean;
  /** There is something in the list that lies over the run. */
  readonly hasChoices: boolean;
  readonly isPlaying: boolean;
  /** An earlier moment than the newest is looked at. */
  readonly isInPast: boolean;
  /** It is known when things came, so that they can be played again. */
  readonly hasTime: boolean;
  readonly hasSteps: boolean;
  readonly hasEvents: boolean;
  /** There are rows in the open tab, of which one can be marked. */
  readonly hasRows: boolean;
  readonly hasBytes: boolean;
  /** Something was searched for, and found. */
  readonly hasHits: boolean;
  readonly isScrollable: boolean;
}

export type InspectorAction =
  | 'tab-left'
  | 'tab-right'
  | 'go-tab'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'top'
  | 'bottom'
  | 'detail-down'
  | 'detail-up'
  | 'search'
  | 'next-hit'
  | 'previous-hit'
  | 'filter'
  | 'hex'
  | 'play'
  | 'step-back'
  | 'step-on'
  | 'slower'
  | 'faster'
  | 'moment'
  | 'request'
  | 'runs'
  | 'diff'
  | 'save'
  | 'export'
  | 'open-file'
  | 'choose'
  | 'close'
  | 'done'
  | 'cancel';

type Row = Binding<InspectorAction, InspectorContext>;

const onRun = (c: InspectorContext) => c.mode === 'run' && c.hasRun;
const inList = (c: InspectorContext) => c.mode === 'choice';
const inField = (c: InspectorContext) => c.mode === 'field';
const canChoose = (c: InspectorContext) => inList(c) && c.hasChoices;
const canMove = (c: InspectorContext) => canChoose(c) || (onRun(c) && c.hasRows);
const inTime = (c: InspectorContext) => onRun(c) && c.hasTime;
const onEvents = (c: InspectorContext) => onRun(c) && c.hasEvents;

/**
 * The keys of the inspector: of a run, of the lists over it, and of a line that is typed. The footer shows as many as
 * have room, so those come first that nobody would guess and that are needed most.
 */
export const inspectorKeys: readonly Row[] = [
  { id: 'tab-right', keys: ['right', 'l', 'tab'], shown: '←→', label: 'tab', when: onRun },
  { id: 'tab-left', keys: ['left', 'h'], shown: '←', label: 'tab before', when: onRun, isMinor: true },
  {
    id: 'go-tab',
    keys: ['1', '2', '3', '4', '5', '6', '7'],
    shown: '1-7',
    label: 'a tab by its number',
    when: onRun,
    isMinor: true,
  },
  { id: 'up', keys: ['up', 'k'], shown: '↑↓', label: 'row', when: canMove },
  { id: 'down', keys: ['down', 'j'], shown: '↓', label: 'row below', when: canMove, isMinor: true },
  { id: 'request', keys: [']'], label: 'request', when: (c) => onRun(c) && c.hasSteps },
  { id: 'play', keys: ['space'], shown: 'Space', label: 'pause', when: (c) => onRun(c) && c.isPlaying },
  {
    id: 'play',
    keys: ['space'],
    shown: 'Space',
    label: 'play',
    when: (c) => inTime(c) && c.isInPast && !c.isPlaying,
  },
  {
    id: 'step-back',
    keys: [','],
    shown: ', .',
    label: 'step',
    when: (c) => onRun(c) && c.isInPast,
  },
  { id: 'next-hit', keys: ['n'], label: 'next', when: (c) => onEvents(c) && c.hasHits },
  { id: 'hex', keys: ['x'], label: 'hex', when: (c) => onRun(c) && c.tab === 'wire' && c.hasBytes },
  { id: 'detail-down', keys: ['J'], label: 'more', when: (c) => onRun(c) && c.isScrollable },
  { id: 'choose', keys: ['enter'], shown: 'Enter', label: 'choose', when: canChoose },
  { id: 'search', keys: ['/'], label: 'search', when: onEvents },
  {
    id: 'previous-hit',
    keys: ['N'],
    label: 'the one before',
    when: (c) => onEvents(c) && c.hasHits,
    isMinor: true,
  },
  { id: 'filter', keys: ['f'], label: 'filter', when: onEvents },
  {
    id: 'play',
    keys: ['space'],
    shown: 'Space',
    label: 'replay',
    when: (c) => inTime(c) && !c.isInPast && !c.isPlaying,
  },
  { id: 'diff', keys: ['d'], label: 'diff', when: onRun },
  { id: 'save', keys: ['s'], label: 'save', when: onRun },
  { id: 'runs', keys: ['r'], label: 'runs', when: (c) => c.mode === 'run' },
  { id: 'export', keys: ['w'], label: 'report', when: onRun },
  { id: 'open-file', keys: ['O'], label: 'open a recording', when: (c) => inList(c) && !c.hasChoices },
  {
    id: 'open-file',
    keys: ['O'],
    label: 'open a recording',
    when: (c) => c.mode === 'run' || canChoose(c),
    isMinor: true,
  },
  { id: 'step-back', keys: [','], label: 'a chunk back', when: onRun, isMinor: true },
  { id: 'step-on', keys: ['.'], label: 'a chunk on', when: onRun, isMinor: true },
  { id: 'slower', keys: ['<', '-'], shown: '<', label: 'slower', when: inTime, isMinor: true },
  { id: 'faster', keys: ['>', '+'], shown: '>', label: 'faster', when: inTime, isMinor: true },
  { id: 'moment', keys: ['m'], label: 'next moment', when: inTime, isMinor: true },
  {
    id: 'detail-up',
    keys: ['K'],
    label: 'scroll back',
    when: (c) => onRun(c) && c.isScrollable,
    isMinor: true,
  },
  { id: 'page-up', keys: ['pageup', 'ctrl+b'], shown: 'PgUp', label: 'ten up', when: canMove, isMinor: true },
  {
    id: 'page-down',
    keys: ['pagedown', 'ctrl+f'],
    shown: 'PgDn',
    label: 'ten down',
    when: canMove,
    isMinor: true,
  },
  { id: 'top', keys: ['g', 'home'], label: 'to the first', when: canMove, isMinor: true },
  {
    id: 'bottom',
    keys: ['G', 'end'],
    label: 'to the newest',
    when: (c) => canChoose(c) || onRun(c),
    isMinor: true,
  },
  { id: 'done', keys: ['enter'], shown: 'Enter', label: 'done', when: inField },
  { id: 'cancel', keys: ['esc'], shown: 'Esc', label: 'cancel', when: inField, isExit: true },
  { id: 'close', keys: ['esc'], shown: 'Esc', label: 'close', when: inList, isExit: true },
];

/** What these keys do, for the help screen; those that move do here what they do anywhere. */
export const inspectorHelp: Readonly<Partial<Record<InspectorAction, string>>> = {
  'tab-right': 'the next tab: chunks, wire, time, request, response, assembly, diff',
  'go-tab': 'a tab by its number',
  play: 'play the run again, or pause',
  'step-back': 'a chunk back in time',
  'step-on': 'a chunk on',
  slower: 'slower, down to a tenth',
  faster: 'faster, up to a hundred times',
  moment: 'the next moment: headers, first event, first and last content, end',
  search: 'events with a text, or with a path such as usage.total_tokens; left empty, none',
  'next-hit': 'the next one found',
  'previous-hit': 'the one before',
  filter: 'only events of one kind, in turn',
  hex: 'the bytes as numbers too',
  'detail-down': 'scroll what is said of the selected one',
  'detail-up': 'scroll it back',
  request: 'the next request of a run with several',
  runs: 'the runs of this sitting',
  diff: 'compare with another run',
  save: 'save the run as a recording',
  export: 'write a report: Markdown, or the time line as SVG',
  'open-file': 'open a recording, a capture of curl or a HAR file',
};
