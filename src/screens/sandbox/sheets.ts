import type { RunLog } from '../../core/run/log.ts';
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
  close = (): void => this.#be(null);

  /** Shows a comparison: before it has gone out without a run. */
  compared(comparison: Comparison, log: RunLog | null = null): void {
    this.#be({ kind: 'compared', comparison, log, scroll: 0 });
  }

  /** Whether a comparison is what is shown. */
  shows(comparison: Comparison): boolean {
    return this.#sheet?.kind === 'compared' && this.#sheet.comparison === comparison;
  }

  /** Offers choices. What is taken closes the sheet, or puts another in its place. */
  offer(title: string, choices: readonly Choice[]): void {
    this.#be({ kind: 'choice', title, choices, selected: 0, hint: null });
  }

  /** Offers choices that have yet to come, one of them marked, unless the sheet was left meanwhile. */
  async offerLater(
    title: string,
    hint: string,
    find: () => Promise<{ readonly choices: readonly Choice[]; readonly selected: number }>,
  ): Promise<void> {
    const waiting = { kind: 'choice', title, choices: [], selected: 0, hint } as const;
    this.#be(waiting);
    try {
      const { choices, selected } = await find();
      if (this.#sheet !== waiting) return;
      this.#be({ ...waiting, choices, selected, hint: choices.length > 0 ? null : 'There are none.' });
    } catch (error) {
      if (this.#sheet === waiting) this.#be({ ...waiting, hint: (error as Error).message });
    }
  }

  /** Takes the marked choice. */
  choose = (): void => {
    if (this.#sheet?.kind === 'choice') this.#sheet.choices[this.#sheet.selected]?.act();
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
