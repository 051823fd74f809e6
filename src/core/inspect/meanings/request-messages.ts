import { type Meanings, under } from './table.ts';

/** Where a prompt that is to be cached ends. */
export const breakpoint: Meanings = {
  prompt_cache_breakpoint: 'The part of the prompt that is to be cached ends exactly here.',
  'prompt_cache_breakpoint.mode': 'Always `explicit`: you chose the place.',
};

/** The messages of a request. */
export const messageMeanings: Meanings = {
  messages: 'The conversation so far, oldest first. The model knows nothing but this.',
  'messages[]': 'One message: who speaks, and what is said.',
  'messages[].role':
    'Who speaks: `system` or `developer` instructs, `user` asks, `assistant` answered, `tool` brings a result.',
  'messages[].content':
    'What is said: a text, or a list of parts. Null where the assistant only called tools.',
  'messages[].name': 'Tells several speakers of the same role apart. Nobody has to have one.',
  'messages[].content[]': 'One part of the message.',
  'messages[].content[].type':
    'What kind of part this is: `text`, `image_url`, `input_audio`, `file` or `refusal`.',
  'messages[].content[].text': 'The text of this part.',
  ...under('messages[].content[].', breakpoint),
  'messages[].content[].image_url': 'An image for the model to look at.',
  'messages[].content[].image_url.url': 'Where the image is, or the image itself as a `data:` URL in Base64.',
  'messages[].content[].image_url.detail':
    'How closely to look: `low` costs few tokens, `high` more, `auto` leaves it to the model.',
  'messages[].content[].input_audio': 'Sound for the model to listen to.',
  'messages[].content[].input_audio.data': 'The sound to listen to, in Base64.',
  'messages[].content[].input_audio.format': 'How it is encoded: `wav` or `mp3`.',
  'messages[].content[].file': 'A file for the model to read: sent along, or named by the id of an upload.',
  'messages[].content[].file.filename': 'The name of the file.',
  'messages[].content[].file.file_data': 'The file itself, in Base64.',
  'messages[].content[].file.file_id': 'The id of a file that was uploaded before.',
  'messages[].content[].refusal': 'A refusal of an earlier turn, as a part.',
  'messages[].refusal': 'How the model declined in an earlier turn.',
  'messages[].audio': 'What the assistant said aloud in an earlier turn.',
  'messages[].audio.id': 'The `id` that came with that sound.',
  'messages[].annotations': 'Sources that an earlier answer cited, sent back with it.',
  'messages[].tool_calls': 'The calls that the assistant asked for in an earlier turn.',
  'messages[].tool_calls[]': 'One of these calls.',
  'messages[].tool_calls[].id': 'The name that the call came with. A `tool` message answers to it.',
  'messages[].tool_calls[].type': 'What was called: `function` or `custom`.',
  'messages[].tool_calls[].function': 'The function that was called, and with what.',
  'messages[].tool_calls[].function.name': 'Which function the model called.',
  'messages[].tool_calls[].function.arguments': 'What it called it with: the string of JSON, as it came.',
  'messages[].tool_calls[].custom': 'The custom tool that was called, and with what.',
  'messages[].tool_calls[].custom.name': 'Which custom tool the model called.',
  'messages[].tool_calls[].custom.input': 'The text that it handed to the tool.',
  'messages[].function_call': 'A call of an earlier turn in the older form. OpenAI calls it deprecated.',
  'messages[].function_call.name': 'Which function the model called in the older form.',
  'messages[].function_call.arguments': 'What it called it with, as a string of JSON.',
  'messages[].tool_call_id': 'Which call this is the result of: its `id`.',
};
