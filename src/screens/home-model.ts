import { within } from './clamp.ts';
import { type HomeItem, homeItems, searchHome } from './home.ts';

/** What the home screen remembers. */
export interface HomeState {
  /** The marked row of those that are listed. */
  readonly selected: number;
  /** Which rows are listed: those with these words; null for all. */
  readonly query: string | null;
  /** Whether keys are letters of the query. */
  readonly isTyping: boolean;
}

/** What the keys of the home screen change of it. */
export class HomeModel {
  readonly #read: () => HomeState;
  readonly #write: (change: Partial<HomeState>) => void;

  /** @param read gives what it remembers, which is part of what the app shows; `write` changes that */
  constructor(read: () => HomeState, write: (change: Partial<HomeState>) => void) {
    this.#read = read;
    this.#write = write;
  }

  get #items(): readonly HomeItem[] {
    return searchHome(this.#read().query ?? '');
  }

  get chosen(): string | undefined {
    return this.#items[this.#read().selected]?.id;
  }

  move(by: number): void {
    this.#write({ selected: within(this.#read().selected + by, this.#items.length - 1) });
  }

  /** Marks an item, where all are listed. */
  mark(id: string): void {
    if (this.#read().query === null) this.#write({ selected: placeOf(id) });
  }

  search(): void {
    this.#write({ query: '', isTyping: true, selected: 0 });
  }

  keepSearch(): void {
    this.#write({ isTyping: false });
  }

  leaveSearch(): void {
    this.#write({ query: null, isTyping: false, selected: Math.max(0, placeOf(this.chosen ?? '')) });
  }

  /** Takes a key as a letter of the query. */
  type(key: string): void {
    const query = this.#read().query ?? '';
    const typed = key === 'space' ? ' ' : key;
    if (key === 'backspace') this.#ask([...query].slice(0, -1).join(''));
    else if ([...typed].length === 1) this.#ask(query + typed);
  }

  paste(text: string): void {
    this.#ask((this.#read().query ?? '') + text.replace(/\s+/g, ' '));
  }

  #ask(query: string): void {
    this.#write({ query, selected: 0 });
  }
}

const placeOf = (id: string): number => homeItems.findIndex((item) => item.id === id);
