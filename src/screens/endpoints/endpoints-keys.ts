import { type Binding, inForce } from '../../components/binding.ts';
import type { Mode, Row } from './endpoints-state.ts';

/** What the screen is like, as far as keys depend on it. */
export interface EndpointsKeyContext {
  readonly mode: Mode['name'];
  readonly row: Row['kind'];
  /** The selected row is a server that is kept. */
  readonly isKept: boolean;
  /** A search among the models is being typed. */
  readonly isSearching: boolean;
  /** A search among the models stands. */
  readonly hasQuery: boolean;
  readonly hasModels: boolean;
  /** One of the models can be chosen. */
  readonly canChoose: boolean;
  /** The models could not be had. */
  readonly hasFailed: boolean;
  /** There are names of variables to suggest. */
  readonly hasSuggestions: boolean;
}

export type EndpointsAction =
  | 'use'
  | 'models'
  | 'key'
  | 'forget'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'top'
  | 'bottom'
  | 'choose'
  | 'again'
  | 'search'
  | 'keep'
  | 'suggest'
  | 'back';

type EndpointsBinding = Binding<EndpointsAction, EndpointsKeyContext>;
type When = EndpointsBinding['when'];

const isRow =
  (...kinds: readonly Row['kind'][]): When =>
  ({ mode, row }) =>
    mode === 'list' && kinds.includes(row);
const isKept: When = (c) => c.mode === 'list' && c.isKept;
const inModels: When = ({ mode, isSearching }) => mode === 'models' && !isSearching;
const canPage: When = (c) => inModels(c) && c.hasModels;
const canMove: When = (c) => c.mode === 'list' || canPage(c);

const enter = (id: EndpointsAction, label: string, when: When): EndpointsBinding => ({
  id,
  keys: ['enter'],
  shown: 'Enter',
  label,
  when,
});

const esc = (label: string, when: When): EndpointsBinding => ({
  id: 'back',
  keys: ['esc'],
  shown: 'Esc',
  label,
  when,
  isExit: true,
});

/** The keys of the endpoints. While a text is typed, every other key belongs to it. */
export const endpointsKeys: readonly EndpointsBinding[] = [
  enter('use', 'use', isRow('endpoint', 'found')),
  enter('use', 'add', isRow('add')),
  enter('use', 'look', isRow('look')),
  enter('choose', 'choose', (c) => inModels(c) && c.canChoose),
  enter('again', 'ask again', (c) => inModels(c) && c.hasFailed),
  enter('keep', 'keep', ({ isSearching, mode }) => isSearching || mode === 'key'),
  enter('keep', 'next', ({ mode }) => mode === 'url'),
  {
    id: 'suggest',
    keys: ['tab'],
    shown: 'Tab',
    label: 'next name',
    when: ({ mode, hasSuggestions }) => mode === 'key' && hasSuggestions,
  },
  { id: 'up', keys: ['up', 'k'], shown: '↑↓', label: 'select', when: canMove },
  { id: 'down', keys: ['down', 'j'], shown: '↓', label: 'select', when: canMove, isMinor: true },
  { id: 'models', keys: ['m'], label: 'models', when: isRow('endpoint', 'found') },
  { id: 'key', keys: ['e'], label: 'key', when: isKept },
  { id: 'forget', keys: ['x', 'd'], label: 'forget', when: isKept },
  { id: 'search', keys: ['/'], label: 'search', when: (c) => inModels(c) && (c.hasModels || c.hasQuery) },
  {
    id: 'page-up',
    keys: ['pageup', 'ctrl+b'],
    shown: 'PgUp',
    label: 'ten up',
    when: canPage,
    isMinor: true,
  },
  {
    id: 'page-down',
    keys: ['pagedown', 'ctrl+f', 'space'],
    shown: 'PgDn',
    label: 'ten down',
    when: canPage,
    isMinor: true,
  },
  { id: 'top', keys: ['g', 'home'], label: 'to the top', when: canMove, isMinor: true },
  { id: 'bottom', keys: ['G', 'end'], label: 'to the end', when: canMove, isMinor: true },
  // The key that leads here leads back too.
  { ...esc('back', ({ mode }) => mode === 'list'), keys: ['esc', 'o'] },
  { ...esc('endpoints', (c) => inModels(c) && !c.hasQuery), keys: ['esc', 'o'] },
  { ...esc('show all', (c) => inModels(c) && c.hasQuery), keys: ['esc', 'o'] },
  esc('show all', ({ isSearching }) => isSearching),
  esc('cancel', ({ mode }) => mode === 'url'),
  esc('back', ({ mode }) => mode === 'key'),
];

/** The bindings in force, first come first served. */
export const endpointsBindings = (context: EndpointsKeyContext): readonly EndpointsBinding[] =>
  inForce(endpointsKeys, context);

/** What these keys do, for the help screen; those that move in a list do here what they do anywhere. */
export const endpointsHelp: Readonly<Partial<Record<EndpointsAction, string>>> = {
  use: 'let the selected one answer, or do what the row says',
  models: 'the models that it lists; Enter chooses the one that lessons ask',
  key: 'the variable with the key of a server',
  forget: 'forget a server (asks first)',
  search: 'find a model by words',
  suggest: 'the next variable with a key, while its name is typed',
  back: 'back',
};
