import { citation, shared } from './shared.ts';
import { type Meanings, under } from './table.ts';

/** A piece of a streamed answer, `chat.completion.chunk`. */
export const chunkMeanings: Meanings = {
  ...shared,
  id: 'The name of the answer. It is the same in each of its chunks.',
  object: 'What kind of object this is. A piece of a stream is a `chat.completion.chunk`.',
  created: 'When the answer began, in Unix time. It is the same in each of its chunks.',
  choices: 'What is new in which answer. Empty in the chunk that brings the usage.',
  'choices[]': 'A piece of one answer.',
  'choices[].index': 'Which answer this piece belongs to, from 0: with `n`, the answers come mixed.',
  'choices[].delta': 'What is new. All deltas of one `index`, joined, are the message.',
  'choices[].delta.role': 'Who speaks. Only the first piece of an answer says so.',
  'choices[].delta.content': 'The next piece of the text, often one token. Empty at first.',
  'choices[].delta.refusal': 'The next piece of a refusal, where the model declines to answer.',
  ...under('choices[].delta.annotations', citation),
  'choices[].delta.tool_calls': 'Pieces of the calls that the model asks you to make.',
  'choices[].delta.tool_calls[]': 'A piece of one call.',
  'choices[].delta.tool_calls[].index': 'Which call this piece belongs to, from 0. Join the pieces of each.',
  'choices[].delta.tool_calls[].id': 'The name of the call, for its result. Only the first piece has it.',
  'choices[].delta.tool_calls[].type': 'What is called. Only the first piece of a call says so.',
  'choices[].delta.tool_calls[].function': 'The function to call, or more of what it is called with.',
  'choices[].delta.tool_calls[].function.name': 'Which function. Only the first piece of a call says so.',
  'choices[].delta.tool_calls[].function.arguments':
    'The next piece of the arguments. They are JSON only once all are joined.',
  'choices[].delta.tool_calls[].custom': 'The custom tool to call, or more of what it is called with.',
  'choices[].delta.tool_calls[].custom.name': 'Which custom tool. Only the first piece of a call says so.',
  'choices[].delta.tool_calls[].custom.input': 'The next piece of the text to hand to the tool.',
  'choices[].delta.function_call': 'A piece of a call in an older form than `tool_calls`.',
  'choices[].delta.function_call.name': 'Which function to call; only in its first piece.',
  'choices[].delta.function_call.arguments': 'The next piece of the arguments, as in `tool_calls`.',
  'choices[].delta.audio': 'A piece of the answer as sound.',
  'choices[].delta.audio.id': 'What to call the sound in later turns.',
  'choices[].delta.audio.expires_at': 'How long the whole sound can be referred to, in Unix time.',
  'choices[].delta.audio.data': 'The next piece of the sound, in Base64.',
  'choices[].delta.audio.transcript': 'The next piece of what is said in it.',
  'choices[].logprobs': 'How likely the tokens of this piece were, if asked for; else null.',
  'choices[].finish_reason':
    'Null until the last piece, which says why the text ends, such as `stop` or `length`.',
  usage: 'Null, until the last chunk counts the tokens. Only with `include_usage`.',
  obfuscation: 'Random letters: they hide how long the piece is from whoever watches the line.',
};
