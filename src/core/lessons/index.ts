import { authentication } from './authentication.ts';
import { finishReason } from './finish-reason.ts';
import { multiTurn } from './multi-turn.ts';
import { request } from './request.ts';
import { response } from './response.ts';
import { streaming } from './streaming.ts';
import type { Experiment, Lesson } from './types.ts';

/** All lessons in the order in which they are taught. */
export const lessons: readonly Lesson[] = [
  authentication,
  request,
  response,
  finishReason,
  multiTurn,
  streaming,
];

/** All experiments, 1a to 3e. */
export const experiments: readonly Experiment[] = lessons.flatMap((lesson) => lesson.experiments);

/** The experiment of that id; capitals and spaces around it do not matter. */
export function findExperiment(id: string): Experiment | undefined {
  const wanted = id.trim().toLowerCase();
  return experiments.find((experiment) => experiment.id === wanted);
}

/** The three ids that an unknown one was most likely meant to be, nearest first. Words of a title count too. */
export function nearestIds(text: string): readonly string[] {
  const wanted = text.trim().toLowerCase();
  return experiments
    .map(({ id, title }) => ({
      id,
      distance: Math.min(
        editDistance(wanted, id),
        ...title
          .toLowerCase()
          .split(' ')
          // A title's word weighs a little less than an id, and little words name nothing.
          .map((word) => (word.length > 3 ? editDistance(wanted, word) + 0.5 : Number.POSITIVE_INFINITY)),
        wanted.length > 3 && title.toLowerCase().includes(wanted) ? 0.25 : Number.POSITIVE_INFINITY,
      ),
    }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ id }) => id);
}

/** Letters to add, drop, change or swap with their neighbour to get from one word to another. */
function editDistance(from: string, to: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const isSwap = i > 0 && j > 0 && from[i] === to[j - 1] && from[i - 1] === to[j];
      next.push(
        Math.min(
          row[j]! + (from[i] === to[j] ? 0 : 1),
          row[j + 1]! + 1,
          next[j]! + 1,
          isSwap ? before[j - 1]! + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, row] = [row, next];
  }
  return row[to.length]!;
}
