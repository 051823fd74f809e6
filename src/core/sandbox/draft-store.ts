import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../clock.ts';
import { isRecord } from '../json.ts';
import { openSettingsFile, type SettingsFile } from '../settings-file.ts';
import type { Draft, DraftMessage } from './draft.ts';
import { isOwnWork } from './presets.ts';

/** What is kept of the sandbox: the draft that is being worked on, and those before it, newest first. */
export interface KeptDrafts {
  readonly draft: Draft | null;
  readonly earlier: readonly Draft[];
}

export interface DraftStore {
  readonly read: () => KeptDrafts;
  /** Writes both down; what another app has written since is kept among the earlier drafts. */
  readonly write: (kept: KeptDrafts) => void;
  /** A sentence about the file itself (damaged, not writable), or null. */
  readonly notice: () => string | null;
}

/** So many earlier drafts are kept. */
const mostEarlier = 20;

/**
 * Opens the file of drafts (`sandbox.json`). Never throws: a damaged file is set aside, one that cannot be written is
 * done without, and the notice says so.
 *
 * @param options.redact masks keys: one that was pasted before it was known to be a key is in the file as it is
 */
export async function openDrafts(options: {
  readonly clock: Clock;
  readonly cwd?: string | undefined;
  readonly redact: (text: string) => string;
}): Promise<DraftStore> {
  const { redact } = options;
  /** What this app read, or had to write, last. */
  let known: KeptDrafts = { draft: null, earlier: [] };
  let notice: string | null = null;
  let file: SettingsFile | null = null;

  function use<T>(act: (file: SettingsFile) => T, otherwise: T): T {
    if (!file) return otherwise;
    try {
      const result = act(file);
      if (file.setAsideAs) notice = `The file of drafts was damaged. It is kept as ${file.setAsideAs}.`;
      return result;
    } catch (error) {
      file = null;
      notice = unusable(error);
      return otherwise;
    }
  }

  try {
    file = await openSettingsFile('sandbox', { ...options, isWhole });
  } catch (error) {
    notice = unusable(error);
  }
  return {
    read: () => {
      use((open) => {
        const raw = redacted(open.read(), redact);
        const drafts = readDrafts(raw);
        known = drafts;
        // The file was set aside: what of it is well stays in use.
        if (!isWhole(raw)) open.write({ ...raw, ...drafts });
      }, undefined);
      return known;
    },
    write: (drafts) =>
      use((open) => {
        const raw = redacted(open.read(), redact);
        const ours = redacted(drafts, redact);
        open.write({ ...raw, ...merged(ours, readDrafts(raw), known) });
        known = ours;
      }, undefined),
    notice: () => notice,
  };
}

const unusable = (error: unknown): string =>
  `Drafts last for this session only: their file cannot be used (${(error as NodeJS.ErrnoException)?.code ?? error}).`;

/** Drafts to be kept, together with those that stand in the file, where another app may have written since. */
function merged(ours: KeptDrafts, inFile: KeptDrafts, known: KeptDrafts): KeptDrafts {
  const others =
    inFile.draft && isOwnWork(inFile.draft) && !isIn([known.draft], inFile.draft)
      ? [inFile.draft, ...inFile.earlier]
      : inFile.earlier;
  const all = [
    ...ours.earlier.filter((one) => !isIn(known.earlier, one)),
    // One that was taken up again is no earlier draft any more.
    ...others.filter((one) => isIn(ours.earlier, one) || !isIn([ours.draft], one)),
    ...ours.earlier,
  ];
  const earlier = all.filter((one, index) => !isIn(all.slice(0, index), one));
  return { draft: ours.draft, earlier: earlier.slice(0, mostEarlier) };
}

const isIn = (drafts: readonly (Draft | null)[], draft: Draft): boolean =>
  drafts.some((each) => isDeepStrictEqual(each, draft));

/** The same value with every text in it masked. */
function redacted<T>(value: T, redact: (text: string) => string): T;
function redacted(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((one) => redacted(one, redact));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [redact(name), redacted(one, redact)]),
  );
}

function readDrafts({ draft, earlier }: Readonly<Record<string, unknown>>): KeptDrafts {
  return {
    draft: isDraft(draft) ? draft : null,
    earlier: Array.isArray(earlier) ? earlier.filter(isDraft) : [],
  };
}

/** Whether nothing stands where drafts belong that is none. */
const isWhole = ({ draft = null, earlier = [] }: Readonly<Record<string, unknown>>): boolean =>
  (draft === null || isDraft(draft)) && Array.isArray(earlier) && earlier.every(isDraft);

const isDraft = (value: unknown): value is Draft =>
  isRecord(value) &&
  Array.isArray(value.messages) &&
  value.messages.every(isMessage) &&
  isRecord(value.parameters) &&
  Object.values(value.parameters).every((text) => typeof text === 'string');

const isMessage = (value: unknown): value is DraftMessage =>
  isRecord(value) &&
  typeof value.role === 'string' &&
  typeof value.text === 'string' &&
  isRecord(value.fields);
