import type { AnswerMessage } from '../../core/run/answer-message.ts';
import { fitLimit } from '../../core/sandbox/answer-limit.ts';
import { setParameter, takeAnswer } from '../../core/sandbox/edits.ts';
import type { Host } from '../place.ts';
import { answerChoices, compareChoices, presetChoices } from './choices.ts';
import { editLine, editMessage } from './editing.ts';
import type { SandboxModel } from './sandbox-model.ts';
import type { Comparison } from './sandbox-state.ts';

/** What the sandbox offers in lists: presets, models, things to compare, answers to take. */
export class Offers {
  readonly #host: Host;
  readonly #model: SandboxModel;

  constructor(host: Host, model: SandboxModel) {
    this.#host = host;
    this.#model = model;
  }

  presets(): void {
    const { sheets, workbench } = this.#model;
    const choices = presetChoices(workbench.earlier, (draft) => this.#model.load(draft));
    sheets.offer('Presets, and drafts of yours', choices);
  }

  comparisons(): void {
    const { sheets, workbench, entry } = this.#model;
    const ask = (title: string, onDone: (text: string) => void) => {
      sheets.close();
      entry.open(editLine(title, ''), onDone);
    };
    const run = (comparison: Comparison) => void this.compare(comparison);
    const choices = compareChoices(workbench.draft, this.#host.session, run, ask);
    sheets.offer('Compare: send it twice, with one thing changed', choices);
  }

  /** Sends it twice, and shows both. What keeps it from going out is said, and Enter tries again. */
  async compare(comparison: Comparison): Promise<void> {
    const { sheets, runs } = this.#model;
    sheets.compared(comparison);
    const log = await runs.compare(comparison, () => sheets.shows(comparison));
    if (log && sheets.shows(comparison)) sheets.compared(comparison, log);
  }

  /** The models of the endpoint, asked for now. */
  async models(): Promise<void> {
    const { sheets, workbench } = this.#model;
    const { session } = this.#host;
    await sheets.offerLater('Models of the endpoint, as it lists them', 'Asking for the list …', async () => {
      const models = await session.modelsOf(session.getSnapshot().name);
      const chosen = models.indexOf(String(workbench.draft.parameters.model ?? ''));
      const choices = models.map((label, index) => ({
        group: '',
        label: index === chosen ? `${label} · in use` : label,
        act: () => {
          sheets.close();
          workbench.change(fitLimit(setParameter(workbench.draft, 'model', label)));
        },
      }));
      return { choices, selected: Math.max(0, chosen) };
    });
  }

  /** Takes the answer into the conversation and opens what comes next; of several answers the one that is chosen. */
  answers(): void {
    const { sheets, runs } = this.#model;
    const all = runs.answers();
    if (all.length > 1)
      sheets.offer(
        'Which answer goes on?',
        answerChoices(all, (answer) => this.#take(answer)),
      );
    else if (all[0]) this.#take(all[0]);
  }

  #take(answer: AnswerMessage): void {
    const { sheets, workbench, entry } = this.#model;
    sheets.close();
    const next = workbench.draft.messages.length + 1;
    workbench.change(takeAnswer(workbench.draft, answer));
    this.#model.look(next);
    entry.open(editMessage(workbench.draft, next));
  }
}
