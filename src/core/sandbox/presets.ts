import { isDeepStrictEqual } from 'node:util';
import { lessons } from '../lessons/index.ts';
import type { Experiment } from '../lessons/types.ts';
import type { ChatBody } from '../run/request.ts';
import { type Draft, draftOf } from './draft.ts';

/** A request to start from. */
export interface Preset {
  /** Such as `sandbox`, `3b` or `2d/tool_calls`. */
  readonly id: string;
  readonly title: string;
  /** The heading that it stands under in a list. */
  readonly group: string;
  readonly draft: Draft;
}

const model = 'gpt-4o-mini';
const user = (content: string) => ({ role: 'user' as const, content });

function preset(group: string, id: string, title: string, body: ChatBody): Preset {
  let draft: Draft | undefined;
  return {
    id,
    title,
    group,
    // Made when it is first wanted: all of them at once would delay the first frame.
    get draft() {
      draft ??= draftOf(body);
      return draft;
    },
  };
}

const starts: readonly Preset[] = [
  preset('Start', 'sandbox', 'a brief assistant', {
    model,
    messages: [
      { role: 'system', content: 'You are a helpful assistant. Keep it brief.' },
      user('What makes Python popular?'),
    ],
    stream: true,
    max_tokens: 80,
  }),
  preset('Start', 'empty', 'an empty conversation', { model, messages: [], stream: true }),
];

/** What a step of an experiment sends. */
interface StepPreset {
  readonly step: string;
  readonly preset: Preset;
}

/** The presets of an experiment's steps. Steps that send the same, each to another end, share one. */
function stepPresets(group: string, { id, title, steps }: Experiment): readonly StepPreset[] {
  const bodies = steps.flatMap(({ id: step, label, request }) => {
    const made = typeof request === 'function' ? request([]) : request;
    return made.kind === 'chat' ? [{ step, label, body: made.body, sent: JSON.stringify(made.body) }] : [];
  });
  const isOne = new Set(bodies.map(({ sent }) => sent)).size === 1;
  const made = new Map<string, Preset>();
  return bodies.map(({ step, label, body, sent }) => {
    const [ownId, ownTitle] = isOne ? [id, title] : [`${id}/${step}`, `${title}: ${label}`];
    const own = made.get(sent) ?? preset(group, ownId, ownTitle, body);
    made.set(sent, own);
    return { step, preset: own };
  });
}

const ofLessons = lessons.flatMap(({ title, experiments: all }) =>
  all.flatMap((experiment) =>
    stepPresets(title, experiment).map((one) => ({ experiment: experiment.id, ...one })),
  ),
);

const recipe = {
  type: 'object',
  properties: { title: { type: 'string' }, minutes: { type: 'integer' } },
  required: ['title', 'minutes'],
  additionalProperties: false,
};

/** A parameter each, where the practice server shows it at its best. */
const parameterPresets: readonly Preset[] = [
  preset('One parameter', 'temperature', 'temperature: 2 here, then try 0', {
    model,
    messages: [user('Why is the sky blue?')],
    stream: true,
    max_tokens: 40,
    temperature: 2,
    seed: 1,
  }),
  preset('One parameter', 'n', 'n: three answers at once', {
    model,
    messages: [user('Why is the sky blue?')],
    stream: true,
    max_tokens: 20,
    n: 3,
    seed: 2,
  }),
  preset('One parameter', 'logprobs', 'logprobs: how sure of each token', {
    model,
    messages: [user('Why is the sky blue?')],
    max_tokens: 10,
    seed: 1,
    logprobs: true,
    top_logprobs: 3,
  }),
  preset('One parameter', 'json-schema', 'response_format: JSON to a schema', {
    model,
    messages: [user('A recipe for Bread in 90 minutes')],
    response_format: { type: 'json_schema', json_schema: { name: 'recipe', strict: true, schema: recipe } },
  }),
  preset('One parameter', 'stop', 'stop: end before a word', {
    model,
    messages: [user('Write a poem about the ocean.')],
    stream: true,
    stop: 'whales',
  }),
];

/** All presets, in the order in which they are listed. */
export const presets: readonly Preset[] = [
  ...starts,
  ...new Set(ofLessons.map((one) => one.preset)),
  ...parameterPresets,
];

/** Whether a draft is worth keeping when another takes its place: there is something in it, and it is no preset. */
export const isOwnWork = (draft: Draft): boolean =>
  draft.messages.length > 0 && !presets.some((preset) => isDeepStrictEqual(preset.draft, draft));

/** The preset of a step; null for one that asks for no completion, and for one that is not there. */
export function presetOfStep(experiment: string, stepId: string): Preset | null {
  return ofLessons.find((one) => one.experiment === experiment && one.step === stepId)?.preset ?? null;
}
