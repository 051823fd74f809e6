import { type Meanings, under } from './table.ts';

const fields: Meanings = {
  message: 'What went wrong, in words for people. They may change: no program should rest on them.',
  type: 'The family of the error, such as `invalid_request_error` or `server_error`.',
  param: 'Which part of the request is at fault; null where no one part is.',
  code: 'Which error it is, for a program, such as `invalid_api_key`; often null.',
};

/** An error in its envelope, as a body or as an event in a stream. */
export const errorMeanings: Meanings = {
  error: 'What went wrong. Some servers send only a sentence here.',
  ...under('error.', fields),
};

/** An error without its envelope, as after `event: error`, and as vLLM servers send it. */
export const bareErrorMeanings: Meanings = {
  ...fields,
  ...errorMeanings,
  object: 'What kind of object this is: an `error`.',
};
