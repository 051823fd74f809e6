import { type Binding, findBinding, inForce, type Shown } from '../components/binding.ts';
import { blank, type Line, line, padEnd, span } from '../components/line.ts';
import type { Style } from '../components/theme.ts';
import { wrapParagraph } from '../components/wrap.ts';
import type { CandidateKey } from '../core/doctor/candidates.ts';
import type { DoctorReport } from '../core/doctor/examine.ts';
import { describePlace, type Finding, type Level } from '../core/doctor/findings.ts';
import { visible } from '../core/visible.ts';
import { within } from './clamp.ts';
import type { Host, Place } from './place.ts';

type DoctorAction = 'ask' | 'again' | 'up' | 'down' | 'page-up' | 'page-down';

interface DoctorContext {
  readonly isLooking: boolean;
  readonly isScrollable: boolean;
}

const isDone = ({ isLooking }: DoctorContext) => !isLooking;
const canMove = ({ isScrollable }: DoctorContext) => isScrollable;

export const doctorKeys: readonly Binding<DoctorAction, DoctorContext>[] = [
  { id: 'ask', keys: ['enter'], shown: 'Enter', label: 'ask the endpoint too', when: isDone },
  { id: 'again', keys: ['r'], label: 'look again', when: isDone },
  { id: 'up', keys: ['up', 'k'], shown: '↑↓', label: 'scroll', when: canMove },
  { id: 'down', keys: ['down', 'j'], shown: '↓', label: 'down', when: canMove, isMinor: true },
  { id: 'page-up', keys: ['pageup', 'ctrl+b'], shown: 'PgUp', label: 'up', when: canMove, isMinor: true },
  {
    id: 'page-down',
    keys: ['pagedown', 'ctrl+f', 'space'],
    shown: 'PgDn',
    label: 'down',
    when: canMove,
    isMinor: true,
  },
];

/** What these keys do, for the help screen. */
export const doctorHelp: Readonly<Partial<Record<DoctorAction, string>>> = {
  ask: 'ask the endpoint whether it accepts the key, which costs nothing',
  again: 'look again',
};

/** Examines the learner's keys, and asks the endpoint only if that is wanted. */
export type Examine = (isAsked: boolean) => Promise<DoctorReport>;

/** The key doctor as a page: what `first-token doctor` says, to be read beside the lesson on keys. */
export class DoctorModel implements Place {
  readonly isTyping = false;
  readonly #host: Host;
  readonly #examine: Examine;
  #looks = 0;
  report: DoctorReport | null = null;
  failure: string | null = null;
  scroll = 0;
  /** Lines of the page and of its window, set by the view. */
  extent = { content: 0, window: 0 };

  constructor(host: Host, examine: Examine) {
    this.#host = host;
    this.#examine = examine;
  }

  get isLooking(): boolean {
    return this.#looks > 0;
  }

  enter(): void {
    void this.#look(false);
  }

  bindings = (): readonly Shown<DoctorAction>[] =>
    inForce(doctorKeys, {
      isLooking: this.isLooking,
      isScrollable: this.extent.content > this.extent.window,
    });

  press(key: string): void {
    const page = Math.max(1, this.extent.window - 1);
    const by: Partial<Record<DoctorAction, number>> = {
      up: -1,
      down: 1,
      'page-up': -page,
      'page-down': page,
    };
    const action = findBinding(key, this.bindings())?.id;
    if (action === 'ask') void this.#look(true);
    else if (action === 'again') void this.#look(false);
    else if (action) {
      this.scroll = within(this.scroll + (by[action] ?? 0), this.extent.content - this.extent.window);
      this.#host.changed();
    }
  }

  paste(): void {}

  async #look(isAsked: boolean): Promise<void> {
    this.#looks++;
    this.#host.changed();
    try {
      this.report = await this.#examine(isAsked);
      this.failure = null;
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    } finally {
      this.#looks--;
      this.#host.changed();
    }
  }
}

const marks: Readonly<Record<Level, readonly [mark: string, style: Style]>> = {
  ok: ['✓ ok', 'ok'],
  note: ['· note', 'muted'],
  warn: ['! warning', 'warn'],
  wrong: ['✗ wrong', 'error'],
};

/** The page, in at most `width` cells. */
export function doctorPage({ report, failure, isLooking }: DoctorModel, width: number): Line[] {
  return [
    line('Key doctor', 'title'),
    ...wrapParagraph(
      'A key is a password that spends money. This looks at where yours is and who could read it: in the environment, in `.env`, in the files of this folder and in what git makes of them. Nothing is changed, and nothing is sent unless you ask for it.',
      width,
      'muted',
    ),
    blank,
    ...(failure ? wrapParagraph(visible(failure), width, 'error') : []),
    ...(report ? reportLines(report, width) : [line(isLooking ? 'Looking …' : '', 'muted')]),
  ];
}

function reportLines({ folder, candidates, findings, isHealthy }: DoctorReport, width: number): Line[] {
  return [
    ...wrapParagraph(`In ${visible(folder.replaceAll('\n', '␊'))}`, width),
    blank,
    ...candidates.flatMap((candidate) => candidateLines(candidate, width)),
    ...(candidates.length > 0 ? [blank] : []),
    ...findings.flatMap((each, index) => findingLines(each, findings[index + 1], width)),
    blank,
    isHealthy ? line('Nothing is wrong.', 'ok') : line('Something is wrong: see ✗ above.', 'error'),
  ];
}

function candidateLines(
  { masked, length, shape, isUsed, isRead, where, name }: CandidateKey,
  width: number,
): Line[] {
  const head: Line = [
    span(padEnd(visible(masked), 18), 'strong'),
    span(padEnd(isUsed ? 'in use' : isRead ? 'not used' : 'not read', 10), isUsed ? 'ok' : 'muted'),
  ];
  const text = `${shape} key, ${length} characters, in ${describePlace(where)} as ${name}`;
  return wrapParagraph(visible(text), Math.max(12, width - 28)).map(
    (row, index): Line => [...(index === 0 ? head : [span(' '.repeat(28))]), ...row],
  );
}

const markWidth = 11;

function findingLines(
  { level, sentence, advice }: Finding,
  next: Finding | undefined,
  width: number,
): Line[] {
  const [mark, style] = marks[level];
  const said = wrapParagraph(visible(sentence), width - markWidth).map(
    (row, index): Line => [span(padEnd(index === 0 ? mark : '', markWidth), style), ...row],
  );
  // Once is enough for a row of the same.
  if (advice === null || advice === next?.advice) return said;
  const margin = span(' '.repeat(markWidth + 2));
  const more = wrapParagraph(visible(advice), width - markWidth - 2, 'muted');
  return [...said, ...more.map((row): Line => [margin, ...row])];
}
