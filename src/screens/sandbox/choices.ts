import { costOfUse, costWords, hostOf } from '../../core/api/endpoint.ts';
import { endpointLabel } from '../../core/api/endpoints.ts';
import { modelNames } from '../../core/api/models.ts';
import type { AnswerMessage } from '../../core/run/answer-message.ts';
import { fitLimit } from '../../core/sandbox/answer-limit.ts';
import type { Draft } from '../../core/sandbox/draft.ts';
import { setParameter } from '../../core/sandbox/edits.ts';
import type { ParameterName } from '../../core/sandbox/parameters.ts';
import { presets } from '../../core/sandbox/presets.ts';
import type { Session } from '../../core/session.ts';
import { visible } from '../../core/visible.ts';
import type { Choice, Comparison } from './sandbox-state.ts';

/** The requests to begin with: the presets, then the learner's own drafts of before. */
export const presetChoices = (earlier: readonly Draft[], load: (draft: Draft) => void): readonly Choice[] => [
  ...presets.map(({ group, title, draft }) => ({ group, label: title, act: () => load(draft) })),
  ...earlier.map((draft) => ({
    group: 'Drafts of yours',
    label: nameOf(draft),
    note: draft.messages.length === 1 ? '1 message' : `${draft.messages.length} messages`,
    act: () => load(draft),
  })),
];

/** The beginning of what a draft says last. */
function nameOf({ messages }: Draft): string {
  const text = messages.findLast((message) => message.text.trim() !== '')?.text ?? '';
  return visible(text.trim().replace(/\s+/g, ' ')).slice(0, 60) || '(empty)';
}

/** What can be changed for the second of two runs. `ask` asks for a value. */
export function compareChoices(
  draft: Draft,
  session: Session,
  run: (comparison: Comparison) => void,
  ask: (title: string, onDone: (text: string) => void) => void,
): readonly Choice[] {
  const { parameters } = draft;
  const isStream = parameters.stream === 'true';
  const mode = (isOn: boolean) => (isOn ? 'streamed' : 'all at once');
  const choice = (group: string, label: string, comparison: Comparison): Choice => ({
    group,
    label,
    act: () => run(comparison),
  });
  const changing = (name: ParameterName, text: string, first: string): Comparison => ({
    first,
    second: `${name} ${text}`,
    change: (each) => fitLimit(setParameter(each, name, text)),
  });
  const asked = (group: string, name: ParameterName, first: string): Choice => ({
    group,
    label: 'another one …',
    act: () => ask(`${name} of the second run`, (text) => run(changing(name, text, first))),
  });

  const heat = parameters.temperature || '1';
  const model = `model ${parameters.model || '(none)'}`;
  const { name: inUse, endpoint } = session.getSnapshot();
  const names = [
    'practice',
    'openai',
    ...session.progress.getSnapshot().servers.map(({ baseURL }) => baseURL),
  ];
  return [
    choice('Stream', mode(!isStream), {
      first: mode(isStream),
      second: mode(!isStream),
      change: (each) => withUsage(setParameter(each, 'stream', isStream ? 'false' : 'true')),
    }),
    ...['0', '1', '2']
      .filter((each) => each !== heat)
      .map((each) => choice('Temperature', each, changing('temperature', each, `temperature ${heat}`))),
    asked('Temperature', 'temperature', `temperature ${heat}`),
    ...modelNames
      .slice(0, 4)
      .filter((each) => each !== parameters.model)
      .map((each) => choice('Model', each, changing('model', each, model))),
    asked('Model', 'model', model),
    ...names
      .filter((each) => each !== inUse && session.whyNot(each) === null)
      .map((each) => {
        const label = endpointLabel(each, session.keys);
        return {
          ...choice('Endpoint', hostOf(label), {
            first: hostOf(endpoint),
            second: hostOf(label),
            change: (same) => same,
            endpoint: each,
          }),
          note: costWords[costOfUse(label)],
        };
      }),
    choice('Nothing', 'the very same, twice', { first: 'once', second: 'once more', change: (same) => same }),
  ];
}

/** A stream that is compared is asked for its usage; a request that does not stream must not be. */
const withUsage = (draft: Draft): Draft =>
  setParameter(draft, 'include_usage', draft.parameters.stream === 'true' ? 'true' : '');

/** The answers of a request with `n`, to take one of them. */
export const answerChoices = (
  answers: readonly AnswerMessage[],
  take: (answer: AnswerMessage) => void,
): readonly Choice[] =>
  answers.map((answer, index) => ({
    group: `choice ${index}`,
    label: (answer.content ?? answer.refusal ?? 'tool calls').replace(/\s+/g, ' '),
    act: () => take(answer),
  }));
