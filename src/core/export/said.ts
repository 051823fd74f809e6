import { readingsOf } from '../run/chunk-in-bytes.ts';
import type { RunLog } from '../run/log.ts';
import { joinCall, type ToolCallPart } from '../run/reading.ts';

/** What one choice of an answer says in all. Text is empty where it says nothing. */
export interface Said {
  readonly text: string;
  readonly refusal: string;
  /** Calls of functions as `name(arguments)`. */
  readonly calls: readonly string[];
}

/** What each choice of a step's answer says, put together from its chunks; one that says nothing, where none came. */
export function saidBy(log: RunLog, step: number): readonly Said[] {
  const choices: { text: string[]; refusal: string[]; calls: ToolCallPart[] }[] = [];
  for (const { choice, content, refusal, toolCalls } of readingsOf(log.rows(step)).flatMap(
    (reading) => reading.choices,
  )) {
    choices[choice] ??= { text: [], refusal: [], calls: [] };
    choices[choice].text.push(content ?? '');
    choices[choice].refusal.push(refusal ?? '');
    const { calls } = choices[choice];
    for (const part of toolCalls) calls[part.index] = joinCall(calls[part.index], part);
  }
  const said = Array.from(
    choices,
    (choice): Said => ({
      text: choice?.text.join('') ?? '',
      refusal: choice?.refusal.join('') ?? '',
      calls: (choice?.calls ?? []).filter(Boolean).map(({ name, args }) => `${name}(${args})`),
    }),
  );
  return said.length > 0 ? said : [{ text: '', refusal: '', calls: [] }];
}
