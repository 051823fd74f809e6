import { setImmediate } from 'node:timers/promises';
import { type Part, tokensOf } from '../model/generate.ts';
import type { AnswerPlan } from '../plan.ts';
import { completionObject, type FinishedChoice } from './response.ts';
import type { Delivery } from './send.ts';

/** How long one answer is worked on before others get a turn. */
const turnMs = 5;

/** The whole answer as one object, and the timeline moved on to its end; null if the client left meanwhile. */
export async function wholeAnswer(plan: AnswerPlan, { signal, note }: Delivery): Promise<object | null> {
  const { completion, timeline, meta } = plan;
  const choices: FinishedChoice[] = [];
  let longest: readonly number[] = [];
  let completionTokens = 0;
  let turnEndMs = performance.now() + turnMs;

  for (const { generation } of completion.choices) {
    const parts: Part[] = [];
    const counts: number[] = [];
    let step = generation.next();
    for (; !step.done; step = generation.next()) {
      const tokens = tokensOf(step.value);
      if (step.value.kind !== 'thought') counts.push(tokens);
      else if (choices.length === 0) timeline.pass(tokens);
      completionTokens += tokens;
      note({ completionTokens });
      add(parts, step.value, meta);
      if (performance.now() < turnEndMs) continue;
      await setImmediate();
      if (signal.aborted) return null;
      turnEndMs = performance.now() + turnMs;
    }
    choices.push({ parts, ending: step.value });
    if (counts.length > longest.length) longest = counts;
  }
  // Choices are made side by side, their reasoning too: the longest takes all the time there is.
  for (const tokens of longest) timeline.next(tokens);
  const usage = completion.usage(choices.map(({ ending }) => ending));
  note({ completionTokens: usage.completion_tokens });
  return completionObject(choices, usage, meta);
}

/** Where nobody asks for single tokens, a long text is kept as one part. */
function add(parts: Part[], part: Part, { hasLogprobs }: AnswerPlan['meta']): void {
  const before = parts.at(-1);
  if (hasLogprobs || part.kind !== 'text' || before?.kind !== 'text') parts.push(part);
  else parts[parts.length - 1] = { ...part, text: before.text + part.text, tokens: [] };
}
