import { isDeepStrictEqual } from 'node:util';
import { estimatePrompt, type PromptEstimate, type TokenPiece, tokenPieces } from '../api/prompt-tokens.ts';
import type { Clock } from '../clock.ts';
import type { ChatBody } from '../run/request.ts';
import { type Draft, readableBody } from './draft.ts';
import type { DraftStore } from './draft-store.ts';
import { type History, historyOf, record, redo, undo } from './history.ts';
import { isOwnWork, presets } from './presets.ts';

/** A turn of the conversation as it was sent, and how many tokens it was. */
export interface Turn {
  readonly messages: Draft['messages'];
  readonly promptTokens: number;
  /** Whether the server reported none, and the tokens are those counted before. */
  readonly isEstimated: boolean;
}

/** What is counted of a draft before it is sent. Another draft may have taken its place since. */
export interface Estimate {
  readonly draft: Draft;
  readonly prompt: PromptEstimate;
}

/** Typing is written to the file at most so many milliseconds later, however long it goes on. */
const saveMs = 300;

/**
 * The request that a learner is working on: its history, the drafts before it, what it counts, the turns that were
 * sent. Whatever is done to it is written down, at once or a moment later.
 */
export class Workbench {
  readonly #clock: Clock;
  readonly #store: DraftStore;
  readonly #onChange: () => void;
  #history: History<Draft>;
  #typed: Draft | null = null;
  #earlier: readonly Draft[];
  #turns: readonly Turn[] = [];
  #estimate: Estimate | null = null;
  #pieces: readonly (readonly TokenPiece[])[] = [];
  #counting: Promise<void> | null = null;
  #cancelSave: (() => void) | null = null;

  constructor(clock: Clock, store: DraftStore, onChange: () => void) {
    this.#clock = clock;
    this.#store = store;
    this.#onChange = onChange;
    const { draft, earlier } = store.read();
    this.#history = historyOf(draft ?? presets[0]!.draft);
    this.#earlier = earlier;
  }

  /** The draft as it is on screen, with what is being typed. */
  get draft(): Draft {
    return this.#typed ?? this.#history.present;
  }

  /** The draft without what is being typed. */
  get kept(): Draft {
    return this.#history.present;
  }

  /** Drafts that others took the place of, newest first. */
  get earlier(): readonly Draft[] {
    return this.#earlier;
  }

  /** The turns that the draft goes on from. */
  get turns(): readonly Turn[] {
    const { messages } = this.draft;
    return this.#turns.filter(
      (turn) =>
        turn.messages.length < messages.length &&
        isDeepStrictEqual(turn.messages, messages.slice(0, turn.messages.length)),
    );
  }

  get estimate(): Estimate | null {
    return this.#estimate;
  }

  /** The tokens of each message's text, as they were when they were last cut. */
  get pieces(): readonly (readonly TokenPiece[])[] {
    return this.#pieces;
  }

  get canUndo(): boolean {
    return this.#history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.future.length > 0;
  }

  /** A step that can be undone. Steps with the same `mergeKey` in a row are one. */
  change(draft: Draft, mergeKey: string | null = null): void {
    this.#typed = null;
    this.#be(record(this.#history, draft, mergeKey));
  }

  /** What is being typed: seen, counted and written down, and no step yet. Null: it is left as it was. */
  type(draft: Draft | null): void {
    this.#typed = draft;
    this.#cancelSave ??= this.#clock.after(saveMs, () => this.flush());
    void this.count();
    this.#onChange();
  }

  undo(): void {
    this.#be(undo(this.#history));
  }

  redo(): void {
    this.#be(redo(this.#history));
  }

  /** Puts another draft in place of the one there, which is kept among the earlier ones unless it is a preset. */
  load(draft: Draft): void {
    const { present } = this.#history;
    const others = this.#earlier.filter(
      (each) => !isDeepStrictEqual(each, draft) && !isDeepStrictEqual(each, present),
    );
    this.#earlier = isOwnWork(present) ? [present, ...others] : others;
    this.change(draft);
  }

  /** Notes what a turn of the conversation came to. The same turn sent again takes the place of itself. */
  sent(turn: Turn): void {
    const others = this.#turns.filter(({ messages }) => !isDeepStrictEqual(messages, turn.messages));
    this.#turns = [...others, turn];
    this.#onChange();
  }

  /** Counts the draft. While that goes on it may change: it is counted until it has not. */
  count(): Promise<void> {
    this.#counting ??= this.#countAll().finally(() => {
      this.#counting = null;
      this.#onChange();
    });
    return this.#counting;
  }

  async #countAll(): Promise<void> {
    while (this.#estimate?.draft !== this.draft) {
      const { draft } = this;
      const prompt = await estimatePrompt(readableBody(draft) as unknown as ChatBody);
      this.#estimate = { draft, prompt };
    }
  }

  /** Cuts the text of each message into its tokens. */
  async cut(): Promise<void> {
    this.#pieces = await Promise.all(this.draft.messages.map(({ text }) => tokenPieces(text)));
    this.#onChange();
  }

  /** Writes down what is still waiting to be written. */
  flush(): void {
    this.#cancelSave?.();
    this.#cancelSave = null;
    this.#store.write({ draft: this.draft, earlier: this.#earlier });
  }

  #be(history: History<Draft>): void {
    if (history === this.#history) return;
    this.#history = history;
    this.flush();
    void this.count();
    this.#onChange();
  }
}
