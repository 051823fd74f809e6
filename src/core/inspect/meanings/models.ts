import { type Meanings, under } from './table.ts';

/** A model's card. */
export const cardMeanings: Meanings = {
  id: "The model's name, as you put it in `model`.",
  object: "What this is: a model's card.",
  created: 'When this model was made, in seconds since 1970.',
  owned_by: 'Who provides it.',
  shutdown_date: 'When it will stop answering, if that is known.',
};

/** The list of models. */
export const listMeanings: Meanings = {
  object: 'What kind of object this is: a `list`.',
  data: 'The models that you may ask, one card each.',
  'data[]': 'The card of one model.',
  ...under('data[].', cardMeanings),
};
