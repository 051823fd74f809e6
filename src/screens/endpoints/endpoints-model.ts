import { findBinding } from '../../components/binding.ts';
import type { FoundServer } from '../../core/api/discover.ts';
import { type EndpointName, readBaseURL } from '../../core/api/endpoints.ts';
import { edit, openEditor, type TextEdit, type TextEditor } from '../../core/sandbox/text-editor.ts';
import type { Session } from '../../core/session.ts';
import { within } from '../clamp.ts';
import type { Host, Place } from '../place.ts';
import { textEditOf } from '../text-keys.ts';
import { type EndpointsAction, endpointsBindings } from './endpoints-keys.ts';
import {
  type EndpointsState,
  isServer,
  keptServer,
  type Mode,
  type Row,
  rowsOf,
  serverAt,
} from './endpoints-state.ts';
import { checkField, suggestedNames } from './field-checks.ts';
import { answered, askingFor, type Listing, modelsIn, selectedModel, withoutSearch } from './models-mode.ts';
import { answersNow, modelCount, shortName } from './sentences.ts';

/** Who answers: what can be chosen, what is known of it, and what each key does. */
export class EndpointsModel implements Place {
  readonly #host: Host;
  readonly #session: Session;
  readonly #findServers: () => Promise<readonly FoundServer[]>;
  #state: EndpointsState = { mode: { name: 'list' }, selected: 'practice', found: null, said: {} };
  /** The server that is forgotten if the next key says so again. */
  #toForget: EndpointName | null = null;

  /** Servers on this machine are looked for only when the learner says so. */
  constructor(host: Host, findServers: () => Promise<readonly FoundServer[]>) {
    this.#host = host;
    this.#session = host.session;
    this.#findServers = findServers;
  }

  getSnapshot = (): EndpointsState => this.#state;

  enter(): void {
    this.#toList(this.#session.getSnapshot().name);
  }

  get isTyping(): boolean {
    const { mode } = this.#state;
    return mode.name === 'url' || mode.name === 'key' || (mode.name === 'models' && mode.isTyping);
  }

  bindings() {
    const { mode } = this.#state;
    const models = mode.name === 'models' ? mode : null;
    const hasModels = models !== null && modelsIn(models).length > 0;
    const row = this.#row();
    return endpointsBindings({
      mode: mode.name,
      row: row.kind,
      isKept: keptServer(this.#session, row.id) !== undefined,
      isSearching: models?.isTyping ?? false,
      hasQuery: models !== null && models.query !== null,
      hasModels,
      canChoose: hasModels && isServer(models.of),
      hasFailed: models?.listing.kind === 'failed',
      hasSuggestions: mode.name === 'key' && suggestedNames(mode.baseURL, this.#session.keys).length > 0,
    });
  }

  press(key: string): void {
    const toForget = this.#toForget;
    // A question stands only until the next key.
    this.#toForget = null;
    const binding = findBinding(key, this.bindings());
    if (binding) this.#acts[binding.id](toForget);
    else this.#type(textEditOf(key));
  }

  paste(text: string): void {
    this.#type({ type: 'insert', text });
  }

  readonly #acts: Readonly<Record<EndpointsAction, (toForget: EndpointName | null) => void>> = {
    use: () => this.#use(this.#row()),
    models: () => void this.#showModels(this.#row().id),
    key: () => this.#askForKey(this.#row().id, null),
    forget: (toForget) => this.#forget(this.#row().id, toForget),
    up: () => this.#move(-1),
    down: () => this.#move(1),
    'page-up': () => this.#move(-10),
    'page-down': () => this.#move(10),
    top: () => this.#move(Number.NEGATIVE_INFINITY),
    bottom: () => this.#move(Number.POSITIVE_INFINITY),
    choose: () => this.#chooseModel(),
    again: () => this.#inMode('models', ({ of }) => void this.#showModels(of)),
    search: () =>
      this.#inMode('models', (mode) =>
        this.#show({ ...mode, query: mode.query ?? openEditor(''), isTyping: true }),
      ),
    keep: () => this.#keep(),
    suggest: () =>
      this.#inMode('key', (mode) => {
        const names = suggestedNames(mode.baseURL, this.#session.keys);
        const next = names[(names.indexOf(mode.field.present.text) + 1) % names.length]!;
        this.#show({ ...mode, field: openEditor(next) });
      }),
    back: () => this.#back(),
  };

  #use(row: Row): void {
    if (row.kind === 'add') this.#show({ name: 'url', field: openEditor('') });
    else if (row.kind === 'look') void this.#look();
    else if (row.kind === 'endpoint') this.#letAnswer(row.id);
    else if (row.server.wantsKey) this.#askForKey(row.id, null);
    else {
      this.#session.keepServer({ ...serverAt(this.#session, row.id), model: onlyOne(row.server.models) });
      this.#letAnswer(row.id);
    }
  }

  #letAnswer(name: EndpointName): void {
    const why = this.#session.chooseEndpoint(name);
    this.#host.say(why ?? answersNow(name, this.#session.keys));
    if (why) return;
    // A server has models of its own: what lessons ask for elsewhere it need not know.
    if (isServer(name) && serverAt(this.#session, name).model === null) void this.#showModels(name);
    else this.#host.leave();
  }

  async #look(): Promise<void> {
    if (this.#state.found === 'looking') return;
    this.#set({ found: 'looking' });
    this.#set({ found: await this.#findServers() });
  }

  #forget(baseURL: EndpointName, toForget: EndpointName | null): void {
    const name = shortName(baseURL, this.#session.keys);
    if (toForget !== baseURL) {
      this.#toForget = baseURL;
      this.#host.say(`Forget ${name}? x again forgets it.`);
      return;
    }
    const place = this.#rows().findIndex(({ id }) => id === baseURL);
    const wasInUse = this.#session.getSnapshot().name === baseURL;
    const why = this.#session.forgetServer(baseURL);
    if (!why) this.#toList(this.#rows()[place - 1]!.id);
    const then = wasInUse ? ` ${answersNow('practice', this.#session.keys)}` : '';
    this.#host.say(why ?? `${name} is forgotten.${then}`);
  }

  async #showModels(of: EndpointName): Promise<void> {
    const mode = askingFor(of);
    this.#show(mode);
    const listing = await this.#ask(of);
    // One may have gone elsewhere in the meantime.
    if (this.#state.mode === mode) this.#show(answered(mode, listing, serverAt(this.#session, of).model));
  }

  async #ask(name: EndpointName): Promise<Listing> {
    try {
      return { kind: 'listed', models: await this.#session.modelsOf(name) };
    } catch (error) {
      return { kind: 'failed', problem: error instanceof Error ? error.message : String(error) };
    }
  }

  #chooseModel(): void {
    this.#inMode('models', (mode) => {
      const model = selectedModel(mode);
      if (model === undefined) return;
      this.#session.keepServer({ ...serverAt(this.#session, mode.of), model });
      this.#toList(mode.of);
      const isInUse = this.#session.getSnapshot().name === mode.of;
      const when = isInUse ? 'from now on' : `when ${shortName(mode.of, this.#session.keys)} answers`;
      this.#host.say(`Lessons ask ${model} ${when}.`);
      if (isInUse) this.#host.leave();
    });
  }

  #askForKey(baseURL: string, url: TextEditor | null): void {
    const { keyName } = serverAt(this.#session, baseURL);
    this.#show({ name: 'key', baseURL, field: openEditor(keyName ?? ''), url });
  }

  #keep(): void {
    const { mode } = this.#state;
    if (mode.name === 'models') this.#show({ ...mode, isTyping: false });
    if ((mode.name !== 'url' && mode.name !== 'key') || !checkField(mode, this.#session.keys).isGood) return;
    if (mode.name === 'url') this.#askForKey(readBaseURL(mode.field.present.text), mode.field);
    else void this.#keepServer(mode.baseURL, mode.field.present.text || null);
  }

  /** Keeps a server, whether it answers or not, and asks it at once for its models to see. */
  async #keepServer(baseURL: string, keyName: string | null): Promise<void> {
    this.#session.keepServer({ ...serverAt(this.#session, baseURL), keyName });
    this.#toList(baseURL);
    this.#note(baseURL, 'Asking it for its models …');
    const listing = await this.#ask(baseURL);
    this.#note(baseURL, listing.kind === 'listed' ? modelCount(listing.models) : listing.problem);
    const model = listing.kind === 'listed' ? onlyOne(listing.models) : null;
    const server = keptServer(this.#session, baseURL);
    if (server?.model === null && model !== null) this.#session.keepServer({ ...server, model });
  }

  #note(name: EndpointName, sentence: string): void {
    this.#set({ said: { ...this.#state.said, [name]: sentence } });
  }

  #back(): void {
    const { mode } = this.#state;
    if (mode.name === 'list') this.#host.leave();
    else if (mode.name === 'models' && mode.query !== null) this.#show(withoutSearch(mode));
    else if (mode.name === 'key' && mode.url) this.#show({ name: 'url', field: mode.url });
    else this.#show({ name: 'list' });
  }

  #type(change: TextEdit | null): void {
    if (!change) return;
    const { mode } = this.#state;
    if (mode.name === 'models' && mode.query && mode.isTyping) {
      const query = editLine(mode.query, change);
      const isSame = query.present.text === mode.query.present.text;
      this.#show({ ...mode, query, selected: isSame ? mode.selected : 0 });
    } else if (mode.name === 'url' || mode.name === 'key') {
      const next = editLine(mode.field, change);
      const { isHidden } = checkField(mode, this.#session.keys);
      const grown = next.present.text.length - mode.field.present.text.length;
      // What cannot be seen cannot be mended bit by bit.
      const field = !isHidden || grown > 0 ? next : grown < 0 ? openEditor('') : mode.field;
      this.#show({ ...mode, field });
    }
  }

  #move(by: number): void {
    const { mode, selected } = this.#state;
    if (mode.name === 'models') {
      this.#show({ ...mode, selected: within(mode.selected + by, modelsIn(mode).length - 1) });
      return;
    }
    const rows = this.#rows();
    const place = rows.findIndex(({ id }) => id === selected);
    this.#set({ selected: rows[within(place + by, rows.length - 1)]!.id });
  }

  #inMode<N extends Mode['name']>(name: N, act: (mode: Extract<Mode, { name: N }>) => void): void {
    const { mode } = this.#state;
    if (mode.name === name) act(mode as Extract<Mode, { name: N }>);
  }

  #rows(): readonly Row[] {
    return rowsOf(this.#session, this.#state);
  }

  #row(): Row {
    const rows = this.#rows();
    return rows.find(({ id }) => id === this.#state.selected) ?? rows[0]!;
  }

  #toList(selected: string): void {
    this.#set({ mode: { name: 'list' }, selected });
  }

  #show(mode: Mode): void {
    this.#set({ mode });
  }

  #set(change: Partial<EndpointsState>): void {
    this.#state = { ...this.#state, ...change };
    this.#host.changed();
  }
}

const onlyOne = (models: readonly string[]): string | null => (models.length === 1 ? models[0]! : null);

/** A field is one line: line ends and tabs, which are pasted along, never get into it. */
const editLine = (field: TextEditor, change: TextEdit): TextEditor =>
  edit(field, change.type === 'insert' ? { ...change, text: change.text.replace(/[\r\n\t]/g, '') } : change);
