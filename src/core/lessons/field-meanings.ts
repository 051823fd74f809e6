const meanings: Readonly<Record<string, string>> = {
  id: 'The name of this answer, different for each one. Log it to find the answer again.',
  object: 'What kind of object this is. A whole answer is always a `chat.completion`.',
  created: 'When the answer was made, in seconds since 1970 (Unix time).',
  model: 'Which model answered, with its version, where the request may have named an alias.',
  choices: 'The answers. One, unless the request asked for more with `n`.',
  'choices[]': 'One answer: its message and why it ended.',
  'choices[].index': 'Which answer this is, counted from 0.',
  'choices[].message': 'What was answered, in the shape in which you send it back as history.',
  'choices[].message.role': 'Who speaks. In an answer always the `assistant`.',
  'choices[].message.content': 'The text of the answer; null where a tool is called instead.',
  'choices[].message.refusal': 'The reason given where the model declines to answer; else null.',
  'choices[].message.annotations': 'Sources that the text cites, after a web search. Usually empty.',
  'choices[].message.annotations[].type': 'What kind of note this is: `url_citation`.',
  'choices[].message.annotations[].url_citation': 'A web page that the text cites, and where.',
  'choices[].message.annotations[].url_citation.start_index': 'The first character of the text it backs.',
  'choices[].message.annotations[].url_citation.end_index': 'The last character of the text it backs.',
  'choices[].message.annotations[].url_citation.url': 'The address of the page.',
  'choices[].message.annotations[].url_citation.title': 'The title of the page.',
  'choices[].message.tool_calls': 'Calls that the model asks you to make. It runs nothing itself.',
  'choices[].message.tool_calls[].id': 'Send it back as `tool_call_id` with the result of this call.',
  'choices[].message.tool_calls[].type': 'What is called: `function`, or `custom` for free text.',
  'choices[].message.tool_calls[].function': 'The function to call and with what.',
  'choices[].message.tool_calls[].function.name': 'Which of the functions in `tools` to call.',
  'choices[].message.tool_calls[].function.arguments':
    'Its arguments, as a string of JSON. Parse and check it: a model wrote it.',
  'choices[].message.tool_calls[].custom': 'The custom tool to call and with what.',
  'choices[].message.tool_calls[].custom.name': 'Which of the custom tools to call.',
  'choices[].message.tool_calls[].custom.input': 'The text to hand to the tool.',
  'choices[].message.function_call': 'An older form of `tool_calls`, no longer recommended.',
  'choices[].message.function_call.name': 'Which function to call.',
  'choices[].message.function_call.arguments': 'Its arguments, as a string of JSON.',
  'choices[].message.audio': 'The answer as sound, where `modalities` asked for it.',
  'choices[].message.audio.id': 'The name of the sound, to refer to it in later turns.',
  'choices[].message.audio.expires_at': 'Until when it can be referred to, in Unix time.',
  'choices[].message.audio.data': 'The sound itself, in Base64.',
  'choices[].message.audio.transcript': 'What is said in it, as text.',
  'choices[].logprobs': 'How likely each token was, if asked for with `logprobs: true`; else null.',
  'choices[].logprobs.content': 'The tokens of the text with their likelihood.',
  'choices[].logprobs.content[].token': 'The token as text.',
  'choices[].logprobs.content[].logprob': 'The logarithm of its probability: 0 is certain, lower is rarer.',
  'choices[].logprobs.content[].bytes': 'Its bytes in UTF-8; a token may hold part of a character.',
  'choices[].logprobs.content[].top_logprobs': 'The likeliest tokens here, as many as `top_logprobs` asked.',
  'choices[].logprobs.content[].top_logprobs[].token': 'A token that could have stood here.',
  'choices[].logprobs.content[].top_logprobs[].logprob': 'The logarithm of its probability.',
  'choices[].logprobs.content[].top_logprobs[].bytes': 'Its bytes in UTF-8.',
  'choices[].logprobs.refusal': 'The same for the tokens of a refusal.',
  'choices[].finish_reason': 'Why the text ends: `stop`, `length`, `tool_calls` or `content_filter`.',
  usage: 'How many tokens this took. It is what you pay by.',
  'usage.prompt_tokens': 'Tokens that went in: all messages, roles and framing.',
  'usage.completion_tokens': 'Tokens that came out, those of reasoning included.',
  'usage.total_tokens': 'The sum of both.',
  'usage.prompt_tokens_details': 'What the prompt tokens were.',
  'usage.prompt_tokens_details.cached_tokens': 'Prompt tokens found in the cache, which cost less.',
  'usage.prompt_tokens_details.audio_tokens': 'Prompt tokens that were sound.',
  'usage.prompt_tokens_details.text_tokens': 'Prompt tokens that were text.',
  'usage.prompt_tokens_details.image_tokens': 'Prompt tokens that were images.',
  'usage.prompt_tokens_details.cache_write_tokens': 'Prompt tokens stored in the cache for next time.',
  'usage.completion_tokens_details': 'What the completion tokens were.',
  'usage.completion_tokens_details.reasoning_tokens': 'Spent on thinking: paid for, but not in the text.',
  'usage.completion_tokens_details.audio_tokens': 'Completion tokens that are sound.',
  'usage.completion_tokens_details.text_tokens': 'Completion tokens that are text.',
  'usage.completion_tokens_details.accepted_prediction_tokens':
    'Tokens of a `prediction` you sent that came true.',
  'usage.completion_tokens_details.rejected_prediction_tokens':
    'Tokens of a `prediction` you sent that did not; they are counted too.',
  service_tier: 'The class of service that handled the request.',
  system_fingerprint: 'The set-up that ran the model. If it changes, answers may change as well.',
  metadata: 'Labels that you attached to the request.',
  moderation: 'What a moderation model made of the request and the answer, if asked for.',
};

/** The fields of a model's card (official schema), where they mean something else than in an answer. */
const cardMeanings: Readonly<Record<string, string>> = {
  id: "The model's name, as you put it in `model`.",
  object: "What this is: a model's card.",
  created: 'When this model was made, in seconds since 1970.',
  owned_by: 'Who provides it.',
  shutdown_date: 'When it will stop answering, if that is known.',
};

/**
 * What a field of the response object means, in at most 90 characters; null for a field that is not known here.
 *
 * @param path such as `choices[0].message.content`; which index it has does not matter
 * @param object the body's own `object`: the fields of a `model` are explained as such
 */
export function meaningOf(path: string, object?: string): string | null {
  if (object === 'model') return Object.hasOwn(cardMeanings, path) ? cardMeanings[path]! : null;
  // The tokens of a refusal have the same fields as those of a text.
  const key = path.replace(/\[\d+\]/g, '[]').replace('logprobs.refusal[]', 'logprobs.content[]');
  return Object.hasOwn(meanings, key) ? meanings[key]! : null;
}
