import { hasRow, parameterOf, parameters } from '../../sandbox/parameter-table.ts';
import { breakpoint, messageMeanings } from './request-messages.ts';
import { toolMeanings } from './request-tools.ts';
import { type Meanings, under } from './table.ts';

/** The parameters that the sandbox has a row for, in its words. */
const ofSandbox: Meanings = Object.fromEntries(
  parameters.filter(({ name }) => hasRow(name)).map(({ name, meaning }) => [name, meaning]),
);

const searchMeanings: Meanings = {
  web_search_options: 'Lets the model search the web before it answers.',
  'web_search_options.user_location': 'Roughly where the user is, so that the search finds what is near.',
  'web_search_options.user_location.type': 'Always `approximate`: no exact place is asked for.',
  'web_search_options.user_location.approximate': 'The place, as far as you want to tell it.',
  'web_search_options.user_location.approximate.country': 'The country, by its two letters, such as `GB`.',
  'web_search_options.user_location.approximate.region': 'The region, in words, such as `Wales`.',
  'web_search_options.user_location.approximate.city': 'The city, in words, such as `Cardiff`.',
  'web_search_options.user_location.approximate.timezone':
    'The time zone, by its IANA name, such as `Europe/London`.',
  'web_search_options.search_context_size':
    'How much of what is found the model gets to read: `low`, `medium` or `high`.',
};

const formatMeanings: Meanings = {
  'response_format.type': 'The form: `text`, `json_object`, or `json_schema` for JSON that fits a schema.',
  'response_format.json_schema': 'The schema, with a name for it and how exactly to keep to it.',
  'response_format.json_schema.name': 'A name for the form: up to 64 letters, digits, _ and -.',
  'response_format.json_schema.description': 'What the form is for. The model reads it.',
  'response_format.json_schema.schema': 'The JSON Schema that the answer must fit.',
  'response_format.json_schema.strict':
    'With `true` the answer fits exactly, and the schema may use only a part of JSON Schema. `false` if not sent.',
};

/** The body of a request. The insides of a JSON Schema in it are explained elsewhere. */
export const requestMeanings: Meanings = {
  ...ofSandbox,
  ...messageMeanings,
  ...toolMeanings,
  ...searchMeanings,
  ...formatMeanings,
  stream_options: 'Options that only a stream has.',
  'stream_options.include_usage': parameterOf('include_usage').meaning,
  'stream_options.include_obfuscation':
    'Pads each chunk with random letters, so that its size gives nothing away. `true` if not sent.',
  logit_bias:
    'Makes single tokens likelier or rarer: numbers from -100 (never) to 100 (always), by token id.',
  'logit_bias.*': 'The id of a token, and what is added to its score before one is drawn.',
  metadata: 'Up to 16 labels of your own, to find the request again.',
  'metadata.*': 'A label of your own, up to 64 characters, with its value of up to 512.',
  modalities: 'What to answer with: text, or text and audio.',
  audio: 'With which voice and in which format to speak, where `modalities` asks for audio.',
  'audio.voice': 'The voice: the name of a built-in one, or an object with the id of your own.',
  'audio.voice.id': 'The id of a voice of your own.',
  'audio.format': 'How the sound is to be encoded, such as `mp3` or `wav`.',
  prediction:
    'A text that the answer will mostly repeat, such as a file before a small change. It comes faster.',
  'prediction.type': 'Always `content`.',
  'prediction.content': 'The text that the answer is likely to repeat, or a list of its parts.',
  'prediction.content[]': 'One part of that text.',
  'prediction.content[].type': 'What kind of part this is. Only `text` can be predicted.',
  'prediction.content[].text': 'The text that this part predicts.',
  ...under('prediction.content[].', breakpoint),
  moderation: 'Has a moderation model judge the request and the answer.',
  'moderation.model': 'Which moderation model judges, such as `omni-moderation-latest`.',
  'moderation.policy': 'What to do about what it finds.',
  'moderation.policy.input': 'What to do about what it finds in the request.',
  'moderation.policy.input.mode': '`score` only reports what is found in the request, `block` stops it.',
  'moderation.policy.output': 'What to do about what it finds in the answer.',
  'moderation.policy.output.mode': '`score` only reports what is found in the answer, `block` stops it.',
  service_tier: 'The class of service to ask for: it decides on price and speed. `auto` if not sent.',
  store: 'Whether OpenAI keeps the answer for you, for evaluations and for training smaller models.',
  verbosity: 'How much to say: `low`, `medium` or `high`. Only newer models know it.',
  safety_identifier:
    'Stands for one of your users, best as a hash. It helps OpenAI find who misuses the API.',
  prompt_cache_key: 'Requests that share it and begin alike find each other in the cache more often.',
  prompt_cache_options: 'How the beginning of the prompt is cached. Only newer models know it.',
  'prompt_cache_options.mode':
    '`implicit`: OpenAI chooses a place of its own as well. `explicit`: only your breakpoints count.',
  'prompt_cache_options.ttl': 'How long it stays in the cache: `30m`, so far the only choice.',
  prompt_cache_retention: 'How long prompts stay cached: `in_memory` or `24h`. OpenAI calls it deprecated.',
  user: 'Stands for one of your users. OpenAI calls it deprecated: safety_identifier and prompt_cache_key replace it.',
};
