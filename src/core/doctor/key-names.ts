/** The name that the SDK reads. */
export const keyName = 'OPENAI_API_KEY';

/** Names that somebody means when they mean `OPENAI_API_KEY`, and that nothing reads. */
export const isNearName = (name: string): boolean =>
  name !== keyName && /^(my_?)?open_?ai_?(api_?)?(secret_?)?(key|token)$/i.test(name);

/** Whether a key may be expected under a name. */
export const namesKey = (name: string): boolean => name === keyName || isNearName(name);
