import { type Binding, inForce } from './binding.ts';

/** What the screen is like, as far as keys depend on it. */
export interface KeyContext {
  /** `place` is a screen with keys of its own, which come before these. */
  readonly screen: 'home' | 'lesson' | 'page' | 'place';
  readonly isHelp: boolean;
  readonly isSearching: boolean;
  readonly hasQuery: boolean;
  /** A run is going on, anywhere. */
  readonly isRunning: boolean;
  /** The run going on is that of the lesson on screen. */
  readonly isRunningHere: boolean;
  readonly hasRun: boolean;
  readonly isNarrow: boolean;
  readonly side: 'lesson' | 'live';
  /** How many answers the question of the lesson has. */
  readonly options: number;
  /** The request on screen is one that the sandbox can take. */
  readonly hasRequest: boolean;
  readonly hasSteps: boolean;
  readonly hasMarkable: boolean;
  readonly isScrollable: boolean;
  /** One came here from another screen than home, and goes back there. */
  readonly hasTrail: boolean;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

export type Action =
  | 'interrupt'
  | 'close-help'
  | 'search-keep'
  | 'search-leave'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'top'
  | 'bottom'
  | 'open'
  | 'run'
  | 'stop'
  | 'predict'
  | 'step-left'
  | 'step-right'
  | 'switch-side'
  | 'language'
  | 'edit'
  | 'inspect'
  | 'next'
  | 'previous'
  | 'endpoint'
  | 'search'
  | 'reset'
  | 'help'
  | 'back'
  | 'quit';

export type KeyBinding = Binding<Action, KeyContext>;

const isHome = ({ screen }: KeyContext) => screen === 'home';
const isLesson = ({ screen }: KeyContext) => screen === 'lesson';
const isAway = ({ screen }: KeyContext) => screen !== 'home';
const isIdle = ({ isRunningHere }: KeyContext) => !isRunningHere;
const always = () => true;

/** Where ↑ and ↓ go: through the rows of the panel, or through text that is longer than the screen. */
const canMove = (context: KeyContext) =>
  (context.screen === 'home' && !context.isHelp) ||
  (context.screen === 'lesson' && context.side === 'live' && !context.isHelp
    ? context.hasMarkable
    : context.isScrollable);

/** Whether ↑ and ↓ scroll a text; elsewhere they select a row. */
const isText = ({ screen, side, isHelp }: KeyContext) =>
  isHelp || screen === 'page' || (screen === 'lesson' && side === 'lesson');

/** Keys that work whatever else is shown: before the others, and in this order. */
const overlays: readonly KeyBinding[] = [
  {
    id: 'interrupt',
    keys: ['ctrl+c'],
    shown: 'Ctrl+C',
    label: 'stop the run',
    when: (c) => c.isRunning && !c.isRunningHere,
    isExit: true,
  },
  { id: 'interrupt', keys: ['ctrl+c'], shown: 'Ctrl+C', label: 'stop or quit', when: always, isMinor: true },
  {
    id: 'close-help',
    keys: ['esc', '?', 'q'],
    shown: 'Esc',
    label: 'close',
    when: ({ isHelp }) => isHelp,
    isExit: true,
  },
  {
    id: 'search-keep',
    keys: ['enter'],
    shown: 'Enter',
    label: 'keep',
    when: ({ isSearching }) => isSearching,
  },
  {
    id: 'search-leave',
    keys: ['esc'],
    shown: 'Esc',
    label: 'show all',
    when: ({ isSearching }) => isSearching,
    isExit: true,
  },
];

/** All keys of all screens. The footer, the help screen and the key presses themselves are drawn from this table. */
export const keymap: readonly KeyBinding[] = [
  {
    id: 'run',
    keys: ['enter'],
    shown: 'Enter',
    label: 'run',
    when: (c) => isLesson(c) && isIdle(c) && !c.hasRun,
  },
  {
    id: 'run',
    keys: ['enter'],
    shown: 'Enter',
    label: 'run again',
    when: (c) => isLesson(c) && isIdle(c) && c.hasRun,
  },
  { id: 'open', keys: ['enter'], shown: 'Enter', label: 'open', when: isHome },
  ...['4', '3', '2'].map(
    (last): KeyBinding => ({
      id: 'predict',
      keys: ['1', '2', '3', '4'].slice(0, Number(last)),
      shown: `1-${last}`,
      label: 'guess',
      when: (c) => isLesson(c) && isIdle(c) && !c.hasRun && c.options === Number(last),
    }),
  ),
  {
    id: 'switch-side',
    keys: ['tab'],
    shown: 'Tab',
    label: 'live',
    when: (c) => isLesson(c) && c.side === 'lesson',
  },
  {
    id: 'switch-side',
    keys: ['tab'],
    shown: 'Tab',
    label: 'lesson',
    when: (c) => isLesson(c) && c.side === 'live',
  },
  // Beside the panel of one request nothing else leads to the others.
  {
    id: 'step-left',
    keys: ['left', 'h'],
    shown: '←→',
    label: 'request',
    when: (c) => isLesson(c) && c.hasSteps && c.side === 'live',
  },
  { id: 'next', keys: ['n'], label: 'next', when: (c) => isAway(c) && c.hasNext },
  {
    id: 'step-left',
    keys: ['left', 'h'],
    shown: '←→',
    label: 'request',
    when: (c) => isLesson(c) && c.hasSteps && c.side === 'lesson',
  },
  {
    id: 'step-right',
    keys: ['right', 'l'],
    shown: '→',
    label: 'request',
    when: (c) => isLesson(c) && c.hasSteps,
    isMinor: true,
  },
  { id: 'up', keys: ['up', 'k'], shown: '↑↓', label: 'select', when: (c) => canMove(c) && !isText(c) },
  { id: 'up', keys: ['up', 'k'], shown: '↑↓', label: 'scroll', when: (c) => canMove(c) && isText(c) },
  { id: 'down', keys: ['down', 'j'], shown: '↓', label: 'move', when: canMove, isMinor: true },
  {
    id: 'language',
    keys: ['c'],
    label: 'code',
    when: (c) => isLesson(c) && (!c.isNarrow || c.side === 'lesson'),
  },
  { id: 'inspect', keys: ['i'], label: 'inspect', when: (c) => isLesson(c) && c.hasRun },
  {
    id: 'edit',
    keys: ['e'],
    label: 'sandbox',
    when: (c) => isLesson(c) && isIdle(c) && c.hasRequest,
  },
  { id: 'previous', keys: ['p'], label: 'previous', when: (c) => isAway(c) && c.hasPrevious },
  { id: 'endpoint', keys: ['o'], label: 'endpoint', when: always },
  { id: 'search', keys: ['/'], label: 'search', when: isHome },
  {
    id: 'page-up',
    keys: ['pageup', 'ctrl+b'],
    shown: 'PgUp',
    label: 'a screen up',
    when: canMove,
    isMinor: true,
  },
  {
    id: 'page-down',
    keys: ['pagedown', 'ctrl+f', 'space'],
    shown: 'PgDn',
    label: 'a screen down',
    when: canMove,
    isMinor: true,
  },
  { id: 'top', keys: ['g', 'home'], label: 'to the top', when: canMove, isMinor: true },
  { id: 'bottom', keys: ['G', 'end'], label: 'to the end', when: canMove, isMinor: true },
  {
    id: 'reset',
    keys: ['R'],
    label: 'forget progress',
    when: (c) => isHome(c) && !c.isRunning,
    isMinor: true,
  },
  { id: 'help', keys: ['?'], label: 'keys', when: always, isExit: true },
  {
    id: 'stop',
    keys: ['esc'],
    shown: 'Esc',
    label: 'stop',
    when: (c) => isLesson(c) && c.isRunningHere,
    isExit: true,
  },
  {
    id: 'back',
    keys: ['esc'],
    shown: 'Esc',
    label: 'home',
    when: (c) => isAway(c) && isIdle(c) && !c.hasTrail,
    isExit: true,
  },
  {
    id: 'back',
    keys: ['esc'],
    shown: 'Esc',
    label: 'back',
    when: (c) => isAway(c) && isIdle(c) && c.hasTrail,
    isExit: true,
  },
  {
    id: 'back',
    keys: ['esc'],
    shown: 'Esc',
    label: 'show all',
    when: (c) => isHome(c) && c.hasQuery,
    isExit: true,
  },
  { id: 'quit', keys: ['q'], label: 'quit', when: (c) => isHome(c), isExit: true },
];

const moves: readonly Action[] = ['up', 'down', 'page-up', 'page-down', 'top', 'bottom'];

/** The bindings in force, first come first served. */
export function bindingsFor(context: KeyContext): readonly KeyBinding[] {
  const over = inForce(overlays, context);
  if (context.isSearching) return over;
  const own = inForce(keymap, context);
  return [...(context.isHelp ? own.filter(({ id }) => moves.includes(id)) : own), ...over];
}
