import type { Binding } from '../../components/binding.ts';

/** What the sandbox is like, as far as its keys depend on it. */
export interface SandboxContext {
  /** `list`: rows are chosen; `text`: many lines are typed; `field`: one line is typed; else the sheet on top. */
  readonly mode: 'list' | 'text' | 'field' | 'code' | 'tokens' | 'choice' | 'compared';
  /** The line that is typed does not stand in the request. */
  readonly isAside: boolean;
  readonly side: 'request' | 'live';
  readonly row: 'message' | 'parameter';
  /** The parameter is one of a few words, which turn in their place. */
  readonly hasChoices: boolean;
  readonly isModel: boolean;
  readonly isRunningHere: boolean;
  readonly hasRun: boolean;
  readonly hasAnswer: boolean;
  readonly hasMarkable: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export type SandboxAction =
  | 'send'
  | 'stop'
  | 'edit'
  | 'turn'
  | 'turn-back'
  | 'add'
  | 'delete'
  | 'clear'
  | 'role'
  | 'move-up'
  | 'move-down'
  | 'take'
  | 'switch-side'
  | 'stream'
  | 'code'
  | 'inspect'
  | 'tokens'
  | 'compare'
  | 'presets'
  | 'models'
  | 'undo'
  | 'redo'
  | 'editor'
  | 'fields'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'top'
  | 'bottom'
  | 'done'
  | 'cancel'
  | 'send-text'
  | 'editor-text'
  | 'new-line'
  | 'undo-text'
  | 'redo-text'
  | 'language'
  | 'copy'
  | 'save'
  | 'choose'
  | 'again'
  | 'close';

type Row = Binding<SandboxAction, SandboxContext>;

const inList = ({ mode }: SandboxContext) => mode === 'list';
const onRequest = (c: SandboxContext) => inList(c) && c.side === 'request';
const onMessage = (c: SandboxContext) => onRequest(c) && c.row === 'message';
const onParameter = (c: SandboxContext) => onRequest(c) && c.row === 'parameter';
const inText = ({ mode }: SandboxContext) => mode === 'text';
const inField = ({ mode }: SandboxContext) => mode === 'field';
const inSheet = ({ mode }: SandboxContext) => !['list', 'text', 'field'].includes(mode);
const inCode = ({ mode }: SandboxContext) => mode === 'code';
const inChoice = ({ mode }: SandboxContext) => mode === 'choice';
const inCompared = ({ mode }: SandboxContext) => mode === 'compared';
const canMove = (c: SandboxContext) => inSheet(c) || onRequest(c) || (inList(c) && c.hasMarkable);

/** The keys of the sandbox: of its rows, of a text that is open, and of the sheets that lie over it. */
export const sandboxKeys: readonly Row[] = [
  {
    id: 'send',
    keys: ['enter'],
    shown: 'Enter',
    label: 'send',
    when: (c) => inList(c) && !c.isRunningHere,
  },
  { id: 'edit', keys: ['e'], label: 'edit', when: onRequest },
  { id: 'up', keys: ['up', 'k'], shown: '↑↓', label: 'select', when: (c) => canMove(c) && !inSheet(c) },
  {
    id: 'turn',
    keys: ['space', 'right', 'l'],
    shown: 'Space',
    label: 'change',
    when: (c) => onParameter(c) && c.hasChoices,
  },
  {
    id: 'turn-back',
    keys: ['left', 'h'],
    shown: '←',
    label: 'change back',
    when: (c) => onParameter(c) && c.hasChoices,
    isMinor: true,
  },
  { id: 'models', keys: ['m'], label: 'models', when: (c) => onParameter(c) && c.isModel },
  {
    id: 'switch-side',
    keys: ['tab'],
    shown: 'Tab',
    label: 'live',
    when: (c) => inList(c) && c.side === 'request',
  },
  {
    id: 'switch-side',
    keys: ['tab'],
    shown: 'Tab',
    label: 'request',
    when: (c) => inList(c) && c.side === 'live',
  },
  {
    id: 'take',
    keys: ['t'],
    label: 'talk on',
    when: (c) => inList(c) && c.hasAnswer && !c.isRunningHere,
  },
  { id: 'add', keys: ['a'], label: 'add', when: onRequest },
  { id: 'role', keys: ['r'], label: 'role', when: onMessage },
  { id: 'delete', keys: ['d'], label: 'delete', when: onMessage },
  { id: 'undo', keys: ['u', 'ctrl+z'], label: 'undo', when: (c) => inList(c) && c.canUndo },
  {
    id: 'clear',
    keys: ['backspace', 'delete'],
    shown: 'Backspace',
    label: 'clear',
    when: onParameter,
  },
  { id: 'inspect', keys: ['i'], label: 'inspect', when: (c) => inList(c) && c.hasRun },
  { id: 'code', keys: ['c'], label: 'code', when: inList },
  { id: 'compare', keys: ['b'], label: 'compare', when: inList },
  { id: 'tokens', keys: ['v'], label: 'tokens', when: inList },
  { id: 'presets', keys: ['p'], label: 'presets', when: inList },
  { id: 'stream', keys: ['s'], label: 'stream', when: inList },
  {
    id: 'redo',
    keys: ['U', 'ctrl+y'],
    label: 'redo',
    when: (c) => inList(c) && c.canRedo,
  },
  { id: 'move-up', keys: ['K'], label: 'move up', when: onMessage, isMinor: true },
  { id: 'move-down', keys: ['J'], label: 'move down', when: onMessage, isMinor: true },
  { id: 'editor', keys: ['E'], label: 'your editor', when: onRequest, isMinor: true },
  { id: 'fields', keys: ['x'], label: 'other fields', when: onMessage, isMinor: true },
  { id: 'up', keys: ['up', 'k'], shown: '↑↓', label: 'move', when: inSheet },
  { id: 'down', keys: ['down', 'j'], shown: '↓', label: 'down', when: canMove, isMinor: true },
  { id: 'page-up', keys: ['pageup', 'ctrl+b'], label: 'a screen up', when: canMove, isMinor: true },
  { id: 'page-down', keys: ['pagedown', 'ctrl+f'], label: 'a screen down', when: canMove, isMinor: true },
  { id: 'top', keys: ['g', 'home'], label: 'to the top', when: canMove, isMinor: true },
  { id: 'bottom', keys: ['G', 'end'], label: 'to the end', when: canMove, isMinor: true },
  {
    id: 'stop',
    keys: ['esc'],
    shown: 'Esc',
    label: 'stop',
    when: (c) => c.isRunningHere && (inList(c) || inCompared(c)),
    isExit: true,
  },

  {
    id: 'send-text',
    keys: ['ctrl+s'],
    shown: 'Ctrl+S',
    label: 'send',
    when: (c) => inText(c) || (inField(c) && !c.isAside),
  },
  { id: 'new-line', keys: ['enter'], shown: 'Enter', label: 'new line', when: inText },
  { id: 'undo-text', keys: ['ctrl+z'], shown: 'Ctrl+Z', label: 'undo', when: (c) => inText(c) || inField(c) },
  {
    id: 'redo-text',
    keys: ['ctrl+y'],
    shown: 'Ctrl+Y',
    label: 'redo',
    when: (c) => inText(c) || inField(c),
    isMinor: true,
  },
  { id: 'editor-text', keys: ['ctrl+o'], shown: 'Ctrl+O', label: 'your editor', when: inText },
  { id: 'done', keys: ['esc'], shown: 'Esc', label: 'done', when: inText, isExit: true },
  { id: 'done', keys: ['enter'], shown: 'Enter', label: 'done', when: inField, isMinor: true },
  {
    id: 'done',
    keys: ['esc'],
    shown: 'Esc',
    label: 'done',
    when: (c) => inField(c) && !c.isAside,
    isExit: true,
  },
  {
    id: 'cancel',
    keys: ['esc'],
    shown: 'Esc',
    label: 'cancel',
    when: (c) => inField(c) && c.isAside,
    isExit: true,
  },

  {
    id: 'language',
    keys: ['c', 'tab', 'right', 'l'],
    shown: 'c',
    label: 'language',
    when: inCode,
  },
  { id: 'copy', keys: ['y'], label: 'copy', when: inCode },
  { id: 'save', keys: ['w'], label: 'save', when: inCode },
  { id: 'choose', keys: ['enter'], shown: 'Enter', label: 'choose', when: inChoice },
  {
    id: 'again',
    keys: ['enter'],
    shown: 'Enter',
    label: 'run both again',
    when: (c) => inCompared(c) && !c.isRunningHere,
  },
  {
    id: 'close',
    keys: ['esc'],
    shown: 'Esc',
    label: 'close',
    when: (c) => inSheet(c) && !(inCompared(c) && c.isRunningHere),
    isExit: true,
  },
];

/** What these keys do, for the help screen; those that move do here what they do anywhere. */
export const sandboxHelp: Readonly<Partial<Record<SandboxAction, string>>> = {
  send: 'send the request, or send it again',
  stop: 'stop the run; what came is kept',
  edit: 'edit the message, or the parameter',
  turn: 'the next value, where there are only a few',
  add: 'a new message below this one',
  delete: 'delete the message',
  clear: 'send the parameter no more',
  role: 'the next role: developer, system, user, assistant, tool',
  'move-up': 'move the message up',
  'move-down': 'move the message down',
  fields: 'the other fields of the message as JSON, such as tool_call_id',
  editor: 'the text in the editor that $VISUAL or $EDITOR names',
  undo: 'undo',
  redo: 'redo',
  take: 'take the answer into the conversation, and go on',
  'switch-side': 'between the request and the live panel',
  stream: 'streaming on or off',
  tokens: 'the prompt as the pieces that the model sees',
  compare: 'send it twice with one thing changed, side by side',
  presets: 'the requests of the lessons, and drafts of yours',
  models: 'the models that the endpoint lists, on the row of the model',
  inspect: 'take the run apart: chunks, bytes, times, headers',
  code: 'the request in TypeScript, Python or curl',
  copy: 'copy the code',
  save: 'save the code as a file',
  'send-text': 'while typing: done, and send',
  'undo-text': 'while typing: undo',
  'redo-text': 'while typing: redo',
  'editor-text': 'while typing: go on in your editor',
};
