/**
 * What fields mean, by their path with every index left out, such as `choices[].message.content`. A `*` stands for
 * a key that whoever sends it makes up, such as those of `metadata`.
 */
export type Meanings = Readonly<Record<string, string>>;

/** The same fields below another path. */
export const under = (prefix: string, meanings: Meanings): Meanings =>
  Object.fromEntries(Object.entries(meanings).map(([path, meaning]) => [prefix + path, meaning]));
