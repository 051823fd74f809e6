import { blank, type Line } from '../../components/line.ts';
import { wrapParagraph } from '../../components/wrap.ts';
import type { Recording } from '../../core/run/recording.ts';
import { isKnownEndpoint } from '../../core/run/recording-order.ts';
import type { RunSummary } from '../../core/run/summary.ts';
import type { PastRun } from '../../core/session.ts';
import { visible } from '../../core/visible.ts';
import type { AskedInFile } from '../place.ts';

/** What is to be said of the file that a run came from. */
export type FileSays = Pick<Recording, 'problems' | 'notes'>;

/** A run that came from a file. */
export interface OpenedRun extends PastRun {
  readonly file: FileSays;
}

/** What is to be said of the file that a run came from, as long as it is open; null where it ran here. */
export const fileSaysOf = (run: PastRun): FileSays | null => ('file' in run ? (run as OpenedRun).file : null);

/** Whom a request of a file asked, as far as it says. */
export function askedIn({ endpoint, steps }: RunSummary, step: number): AskedInFile {
  const { request, target = endpoint, model } = steps[step] ?? {};
  const asked = request?.kind === 'chat' ? request.body.model : request?.model;
  const kind = target?.kind === 'nowhere' ? 'compatible' : target?.kind;
  return {
    endpoint: target && kind && isKnownEndpoint(target) ? { kind, baseURL: target.baseURL } : null,
    model: asked || (model ?? null),
  };
}

/** What a file of its form cannot say in lines, with a blank one below. */
export const noteLines = (file: FileSays | null | undefined, width: number): readonly Line[] =>
  fileLines(file && { problems: [], notes: file.notes }, width);

/** All of it in lines, with a blank one below. */
export function fileLines(file: FileSays | null | undefined, width: number): readonly Line[] {
  const { problems = [], notes = [] } = file ?? {};
  const lines = [
    ...problems.flatMap((problem) => wrapParagraph(visible(problem), width, 'warn')),
    ...notes.flatMap((note) => wrapParagraph(visible(note), width, 'muted')),
  ];
  return lines.length > 0 ? [...lines, blank] : [];
}

/** Where to read what is missing of a file, beside its name in every tab; empty where nothing is. */
export function missingNote(run: PastRun | null, width: number): string {
  if (!run || (fileSaysOf(run)?.problems.length ?? 0) === 0) return '';
  return width >= 74 ? ' · read in part: see request' : ' · read in part';
}
