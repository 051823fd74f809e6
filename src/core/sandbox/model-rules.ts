import { factsOf, type ModelFacts } from '../api/models.ts';
import { formatCount } from '../lessons/evidence.ts';
import { hasRow } from './parameter-table.ts';
import { listed, shown } from './shape.ts';
import { allowed, type Body, refused, type Warning } from './warning.ts';

/** The models of the practice server, each with the date of its only snapshot. */
const practiceModels: Readonly<Record<string, string>> = {
  'gpt-4o-mini': '2024-07-18',
  'gpt-4o': '2024-08-06',
  'gpt-4.1': '2025-04-14',
  'gpt-4.1-mini': '2025-04-14',
  'gpt-5': '2025-08-07',
  'gpt-5-mini': '2025-08-07',
  'gpt-5-nano': '2025-08-07',
  'o3-mini': '2025-01-31',
  'o1-mini': '2024-09-12',
};

const isPractised = (model: string): boolean =>
  Object.entries(practiceModels).some(([name, date]) => model === name || model === `${name}-${date}`);

/** What is to be said about a request because of the model that it asks. */
export function modelWarnings(body: Body, isPractice: boolean): readonly Warning[] {
  const { model } = body;
  if (typeof model !== 'string' || model === '') return [];
  if (isPractice && !isPractised(model)) {
    const sentence = `The practice server has no model ${shown(model, 80)}: choose ${listed(Object.keys(practiceModels))}.`;
    return [{ sentence, about: 'model', status: 404 }];
  }
  const facts = factsOf(model);
  if (!facts) {
    return [
      allowed(
        'model',
        `Nothing is known here of the model ${shown(model, 80)}: neither its limits nor its cost.`,
      ),
    ];
  }
  return [
    ...(facts.isReasoning ? reasoningWarnings(model, facts, body) : effortWarnings(model, body)),
    ...limitWarnings(model, facts, body),
    ...(facts.endsOn && !isPractice
      ? [
          allowed(
            'model',
            `OpenAI has announced the end of ${model} for ${facts.endsOn}: from then on it answers 404.`,
          ),
        ]
      : []),
  ];
}

/** What reasoning models take only as it is by default, if at all. */
const fixed: Readonly<Record<string, unknown>> = {
  top_p: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  logprobs: false,
  top_logprobs: undefined,
  stop: undefined,
  logit_bias: undefined,
  prediction: undefined,
};

function reasoningWarnings(
  model: string,
  { temperature, efforts }: ModelFacts,
  body: Body,
): readonly Warning[] {
  const warnings: Warning[] = [];
  if (body.max_tokens != null) {
    warnings.push(
      refused('max_tokens', `${model} reasons, and refuses max_tokens: use max_completion_tokens.`),
    );
  }
  if (body.temperature != null && temperature === 'none') {
    warnings.push(refused('temperature', `${model} reasons, and refuses temperature: empty it.`));
  } else if (typeof body.temperature === 'number' && body.temperature !== 1) {
    warnings.push(refused('temperature', `${model} reasons, and refuses any temperature but 1: empty it.`));
  }
  for (const [name, usual] of Object.entries(fixed)) {
    if (body[name] == null || body[name] === usual) continue;
    warnings.push(refused(hasRow(name) ? name : 'other', `${model} reasons, and refuses ${name}: empty it.`));
  }
  const effort = body.reasoning_effort;
  if (typeof effort === 'string' && !efforts.includes(effort)) {
    warnings.push(
      refused('reasoning_effort', `${model} refuses the effort ${shown(effort)}: choose ${listed(efforts)}.`),
    );
  }
  return warnings;
}

/** Other models do not even know the name, whatever its value. */
const effortWarnings = (model: string, body: Body): readonly Warning[] =>
  'reasoning_effort' in body
    ? [refused('reasoning_effort', `${model} does not reason, and refuses reasoning_effort: empty it.`)]
    : [];

function limitWarnings(
  model: string,
  { maxCompletionTokens: most }: ModelFacts,
  body: Body,
): readonly Warning[] {
  return (['max_tokens', 'max_completion_tokens'] as const).flatMap((name) => {
    const asked = body[name];
    if (typeof asked !== 'number' || asked <= most) return [];
    return [
      refused(name, `${model} answers with at most ${formatCount(most)} tokens: lower ${name} to that.`),
    ];
  });
}
