import { readingOf } from './chunk-in-bytes.ts';
import type { RunEvent } from './events.ts';

/** The texts of streamed answers, by request and choice, put together as their chunks come. */
export class AnswerTexts {
  readonly #texts: string[][] = [];

  add(events: readonly RunEvent[]): void {
    const pieces: string[][][] = [];
    for (const event of events) {
      if (event.type !== 'chunk') continue;
      for (const { choice, content } of readingOf(event).choices) {
        if (!content) continue;
        pieces[event.step] ??= [];
        pieces[event.step]![choice] ??= [];
        pieces[event.step]![choice]!.push(content);
      }
    }
    // Joined before it is added on: V8 would keep a node for each piece of a text that it adds on by itself.
    pieces.forEach((choices, step) => {
      choices.forEach((list, choice) => {
        this.#texts[step] ??= [];
        this.#texts[step]![choice] = this.of(step, choice) + list.join('');
      });
    });
  }

  of(step: number, choice: number): string {
    return this.#texts[step]?.[choice] ?? '';
  }
}
