import type { HomeState } from './home-model.ts';
import type { PlaceName } from './place.ts';

export type Screen =
  | { readonly name: 'home' }
  | { readonly name: 'lesson'; readonly id: string }
  | { readonly name: 'page'; readonly id: 'when' | 'takeaways' }
  | { readonly name: 'place'; readonly id: PlaceName };

/** What a lesson's screen remembers while one looks elsewhere. */
export interface LessonState {
  /** The side that ↑ and ↓ move in, and on a narrow screen the one that is shown. */
  readonly side: 'lesson' | 'live';
  /** The first line of the text that is shown; null for the beginning, and after a run for its verdict. */
  readonly scroll: number | null;
  /** The step chosen with ← and →; null follows the run. */
  readonly step: number | null;
  /** The marked row of the panel; null follows the newest. */
  readonly cursor: number | null;
  /** The guess, by its place among the options. */
  readonly choice: number | null;
}

export interface AppState extends HomeState {
  readonly screen: Screen;
  /** Where one came from, to go back to; behind the first of them lies home. */
  readonly trail: readonly Screen[];
  readonly isHelp: boolean;
  readonly isResetAsked: boolean;
  /** How far the help screen or a page is scrolled. */
  readonly scroll: number;
  readonly lessons: Readonly<Record<string, LessonState>>;
  /** One sentence about the last key press, until the next one. */
  readonly notice: string | null;
}

export const freshLesson: LessonState = {
  side: 'lesson',
  scroll: null,
  step: null,
  cursor: null,
  choice: null,
};

/** What a screen last measured, for keys that move by it. */
export interface Extent {
  readonly isNarrow: boolean;
  /** Rows of the text that can be scrolled, and of the window it is seen through. */
  readonly content: number;
  readonly window: number;
  /** The first row in the window. */
  readonly from: number;
  /** The row of a lesson's text on which its code begins. */
  readonly code?: number;
}
