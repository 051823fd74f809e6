/** A key and what it does, as the footer and the help screen show it. */
export interface Shown<Id extends string = string> {
  readonly id: Id;
  /** The names of the keys, the first one for show unless `shown` says otherwise. */
  readonly keys: readonly string[];
  readonly shown?: string;
  readonly label: string;
  /** Kept out of the footer, which has little room; the help screen shows it. */
  readonly isMinor?: boolean;
  /** Leads out of something: it stands in the footer however little room there is. */
  readonly isExit?: boolean;
}

/** A row of a table of keys: a key, what it does, and when. */
export interface Binding<Id extends string, Context> extends Shown<Id> {
  readonly when: (context: Context) => boolean;
}

/** The bindings in force, first come first served. */
export const inForce = <Id extends string, Context>(
  table: readonly Binding<Id, Context>[],
  context: Context,
): readonly Binding<Id, Context>[] => table.filter(({ when }) => when(context));

/** The first binding of a key, by its name; null where it means nothing. */
export const findBinding = <B extends Shown>(key: string, bindings: readonly B[]): B | null =>
  bindings.find(({ keys }) => keys.includes(key)) ?? null;

/** Two sets of bindings as one: a key that means something in the first means that. What leads out stands last. */
export const overlay = (first: readonly Shown[], rest: readonly Shown[]): readonly Shown[] => [
  ...first.filter(({ isExit }) => !isExit),
  ...rest.filter(({ keys }) => !keys.some((key) => findBinding(key, first))),
  ...first.filter(({ isExit }) => isExit),
];

export const shownKey = ({ shown, keys }: Shown): string => shown ?? keys[0]!;
