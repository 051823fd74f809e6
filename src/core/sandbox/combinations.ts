import { contentText } from '../api/prompt-tokens.ts';
import { listOf, recordOf } from '../json.ts';
import { shown } from './shape.ts';
import { allowed, type Body, refused, type Warning } from './warning.ts';

/** What is to be said about parameters that stand, or do not stand, beside others. */
export function combinationWarnings(body: Body): readonly Warning[] {
  return rules.flatMap((rule) => rule(body) ?? []);
}

type Rule = (body: Body) => Warning | null;

const rules: readonly Rule[] = [
  ({ model }) =>
    model == null || model === ''
      ? refused('model', 'A request needs a model: name one, such as gpt-4o-mini.')
      : null,
  ({ max_tokens, max_completion_tokens }) =>
    max_tokens != null && max_completion_tokens != null
      ? refused('max_tokens', 'max_tokens and max_completion_tokens are refused together: empty one of them.')
      : null,
  ({ stream, stream_options }) =>
    stream_options != null && stream !== true
      ? refused(
          'include_usage' in recordOf(stream_options) ? 'include_usage' : 'other',
          'stream_options, which holds include_usage, is refused without stream: set stream to true, or empty it.',
        )
      : null,
  ({ logprobs, top_logprobs }) =>
    top_logprobs != null && logprobs !== true
      ? refused('top_logprobs', 'top_logprobs is refused without logprobs: set logprobs to true.')
      : null,
  ({ tools, tool_choice }) =>
    tools == null && tool_choice != null
      ? refused('tool_choice', 'tool_choice is refused without tools: add tools, or empty it.')
      : null,
  ({ tools, parallel_tool_calls }) =>
    tools == null && parallel_tool_calls != null
      ? refused('other', 'parallel_tool_calls is refused without tools: add tools, or take it out.')
      : null,
  ({ tools, tool_choice }) => {
    const names = listOf(tools).map(nameOf);
    const unknown = chosenIn(tool_choice)
      .map(nameOf)
      .find((name) => typeof name === 'string' && !names.includes(name));
    return tools == null || unknown === undefined
      ? null
      : refused(
          'tool_choice',
          `tool_choice names ${shown(unknown, 80)}, which is not among the tools: correct the name.`,
        );
  },
  ({ response_format, messages }) =>
    recordOf(response_format).type === 'json_object' && !hasWordJson(messages)
      ? refused(
          'response_format',
          'json_object is refused unless the word JSON stands in a message: ask for it there.',
        )
      : null,
  ({ n }) =>
    Number.isInteger(n) && (n as number) > 1
      ? allowed('n', `n asks for ${n} answers: each of them is paid for, the prompt only once.`)
      : null,
  (body) => {
    const name = Object.keys(deprecated).find((one) => body[one] != null);
    return name ? allowed('other', `${name} is deprecated: use ${deprecated[name]}.`) : null;
  },
];

/** What was replaced by what (official specification, 2026-08). */
const deprecated: Readonly<Record<string, string>> = {
  functions: 'tools',
  function_call: 'tool_choice',
  user: 'safety_identifier',
};

const hasWordJson = (messages: unknown): boolean =>
  listOf(messages).some((message) => /json/i.test(contentText(recordOf(message).content)));

/** The tools that a choice names. */
function chosenIn(choice: unknown): readonly unknown[] {
  const { type, allowed_tools } = recordOf(choice);
  return type === 'allowed_tools' ? listOf(recordOf(allowed_tools).tools) : [choice];
}

/** The name of a tool, or of a reference to one. */
function nameOf(tool: unknown): unknown {
  const { type, custom, function: called } = recordOf(tool);
  return recordOf(type === 'custom' ? custom : called).name;
}
