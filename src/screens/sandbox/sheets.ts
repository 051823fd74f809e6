import { within } from '../clamp.ts';
import type { Host } from '../place.ts';
import type { Choice, Comparison, Sheet } from './sandbox-state.ts';

/** What lies over the request, if anything: code, tokens, a list to choose from, or two runs side by side. */
export class Sheets {
  readonly #host: Host;
  #sheet: Sheet | null = null;
  /** Lines of what can be scrolled and of the window it is seen through, set by the view. */
  extent = { content: 0, window: 0 };

  constructor(host: Host) {
    this.#host = host;
  }

  get sheet(): Sheet | null {
    return this.#sheet;
  }

  code = (): void => this.#be({ kind: 'code', scroll: 0 });
  tokens = (): void => this.#be({ kind: 'tokens', scroll: 0 });
  compared = (comparison: Comparison): void => this.#be({ kind: 'compared', comparison, scroll: 0 });
  close = (): void => this.#be(null);

  /** Offers choices; `hint` stands in their place where there are none, or not yet. */
  offer(title: string, choices: readonly Choice[], hint: string | null = null): void {
    this.#be({ kind: 'choice', title, choices, selected: 0, hint });
  }

  /** Puts choices in place of the hint that was shown while they were looked for, unless the sheet was left. */
  fill(title: string, choices: readonly Choice[], hint: string | null): void {
    if (this.#sheet?.kind === 'choice' && this.#sheet.title === title) this.offer(title, choices, hint);
  }

  /** Takes the marked choice. */
  choose = (): void => {
    if (this.#sheet?.kind !== 'choice') return;
    const choice = this.#sheet.choices[this.#sheet.selected];
    if (!choice) return;
    this.close();
    choice.act();
  };

  move(by: number): void {
    const sheet = this.#sheet;
    if (!sheet) return;
    if (sheet.kind === 'choice') {
      this.#be({ ...sheet, selected: within(sheet.selected + by, sheet.choices.length - 1) });
    } else {
      const { content, window } = this.extent;
      this.#be({ ...sheet, scroll: within(sheet.scroll + by, content - window) });
    }
  }

  #be(sheet: Sheet | null): void {
    this.#sheet = sheet;
    this.#host.changed();
  }
}
