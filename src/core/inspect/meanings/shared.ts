import { type Meanings, under } from './table.ts';

const token: Meanings = {
  token: 'The token as text.',
  logprob: 'The logarithm of its probability: 0 is certain, lower is rarer.',
  bytes: 'Its bytes in UTF-8; a token may hold part of a character.',
  top_logprobs: 'The likeliest tokens here, as many as `top_logprobs` asked.',
  'top_logprobs[]': 'One of them.',
  'top_logprobs[].token': 'A token that could have stood here.',
  'top_logprobs[].logprob': 'The logarithm of its probability.',
  'top_logprobs[].bytes': 'Its bytes in UTF-8.',
};

const usage: Meanings = {
  prompt_tokens: 'Tokens that went in: all messages, roles and framing.',
  completion_tokens: 'Tokens that came out, those of reasoning included.',
  total_tokens: 'The sum of both.',
  prompt_tokens_details: 'What the prompt tokens were.',
  'prompt_tokens_details.cached_tokens': 'Prompt tokens found in the cache, which cost less.',
  'prompt_tokens_details.audio_tokens': 'Prompt tokens that were sound.',
  'prompt_tokens_details.text_tokens': 'Prompt tokens that were text.',
  'prompt_tokens_details.image_tokens': 'Prompt tokens that were images.',
  'prompt_tokens_details.cache_write_tokens': 'Prompt tokens stored in the cache for next time.',
  completion_tokens_details: 'What the completion tokens were.',
  'completion_tokens_details.reasoning_tokens': 'Spent on thinking: paid for, but not in the text.',
  'completion_tokens_details.audio_tokens': 'Completion tokens that are sound.',
  'completion_tokens_details.text_tokens': 'Completion tokens that are text.',
  'completion_tokens_details.accepted_prediction_tokens': 'Tokens of a `prediction` you sent that came true.',
  'completion_tokens_details.rejected_prediction_tokens':
    'Tokens of a `prediction` you sent that did not; they are counted too.',
};

const judgement: Meanings = {
  type: 'Whether these are results (`moderation_results`) or an `error`.',
  model: 'Which moderation model judged.',
  results: 'Its judgements.',
  'results[]': 'One judgement.',
  'results[].type': 'What kind of object this is: a `moderation_result`.',
  'results[].model': 'Which moderation model made this judgement.',
  'results[].flagged': 'Whether any kind of harm was found.',
  'results[].categories': 'For each kind of harm, whether it was found.',
  'results[].categories.*': 'Whether this kind of harm was found.',
  'results[].category_scores': 'For each kind of harm, how sure the model is.',
  'results[].category_scores.*': 'How sure the model is of this kind of harm: the higher, the surer.',
  'results[].category_applied_input_types': 'For each kind of harm, what its score comes from.',
  'results[].category_applied_input_types.*': 'What this score comes from: text or images.',
  code: 'Why it could not judge, for a program.',
  message: 'Why it could not judge, in words.',
};

/** A web page that a text cites. */
export const citation: Meanings = {
  '': 'Sources that the text cites, after a web search. Usually empty.',
  '[]': 'One source.',
  '[].type': 'What kind of note this is: `url_citation`.',
  '[].url_citation': 'A web page that the text cites, and where.',
  '[].url_citation.start_index': 'The first character of the text it backs.',
  '[].url_citation.end_index': 'The last character of the text it backs.',
  '[].url_citation.url': 'The address of the page.',
  '[].url_citation.title': 'The title of the page.',
};

/** What a whole answer and the chunks of one have in common. */
export const shared: Meanings = {
  model: 'Which model answered, with its version, where the request may have named an alias.',
  'choices[].logprobs.content': 'The tokens of the text with their likelihood.',
  'choices[].logprobs.content[]': 'One token of the text.',
  ...under('choices[].logprobs.content[].', token),
  'choices[].logprobs.refusal': 'The same for the tokens of a refusal.',
  'choices[].logprobs.refusal[]': 'One token of the refusal.',
  ...under('choices[].logprobs.refusal[].', token),
  ...under('usage.', usage),
  service_tier: 'The class of service that handled the request.',
  system_fingerprint: 'The set-up that ran the model. If it changes, answers may change as well.',
  moderation: 'What a moderation model made of the request and the answer, if asked for.',
  'moderation.input': 'What it made of the request.',
  ...under('moderation.input.', judgement),
  'moderation.output': 'What it made of the answer.',
  ...under('moderation.output.', judgement),
};
