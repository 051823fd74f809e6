import type { Inspection } from './inspection.ts';
import type { InspectorAction } from './inspector-keys.ts';
import { tabNames } from './tab.ts';

/** How far the keys go that move through a list. */
export const moves = {
  up: -1,
  down: 1,
  'page-up': -10,
  'page-down': 10,
  top: Number.NEGATIVE_INFINITY,
  bottom: Number.POSITIVE_INFINITY,
} as const satisfies Partial<Record<InspectorAction, number>>;

type Move = keyof typeof moves;

/** What the keys do that only change what is seen of a run. */
export const runActs = {
  'tab-right': (inspection) => inspection.turnTab(1),
  'tab-left': (inspection) => inspection.turnTab(-1),
  'go-tab': (inspection, key) => inspection.open(tabNames[Number(key) - 1]!),
  up: (inspection) => inspection.move(moves.up),
  down: (inspection) => inspection.move(moves.down),
  'page-up': (inspection) => inspection.move(moves['page-up']),
  'page-down': (inspection) => inspection.move(moves['page-down']),
  top: (inspection) => inspection.move(moves.top),
  bottom: (inspection) => inspection.goToEnd(),
  'detail-down': (inspection) => inspection.scrollBy(1),
  'detail-up': (inspection) => inspection.scrollBy(-1),
  'next-hit': (inspection) => inspection.hit(1),
  'previous-hit': (inspection) => inspection.hit(-1),
  filter: (inspection) => inspection.turnFilter(),
  play: (inspection) => inspection.playOrPause(),
  'step-back': (inspection) => inspection.goStep(-1),
  'step-on': (inspection) => inspection.goStep(1),
  slower: (inspection) => inspection.turnSpeed(-1),
  faster: (inspection) => inspection.turnSpeed(1),
  moment: (inspection) => inspection.goToNextMoment(),
  request: (inspection) => inspection.nextRequest(),
} as const satisfies Partial<Record<InspectorAction, (inspection: Inspection, key: string) => void>>;

export type RunAction = keyof typeof runActs;

export const isMove = (action: InspectorAction): action is Move => action in moves;
export const isRunAction = (action: InspectorAction): action is RunAction => action in runActs;
