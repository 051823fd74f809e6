import { type Shown, shownKey } from '../components/binding.ts';
import { type Action, keymap } from '../components/keymap.ts';
import { blank, type Line, line, padEnd, span } from '../components/line.ts';
import { tableLines } from '../components/table.ts';
import { wrapParagraph } from '../components/wrap.ts';
import { takeaways, whenToStream } from '../core/lessons/closing.ts';
import type { ProgressData } from '../core/progress.ts';
import { visible } from '../core/visible.ts';
import { doctorHelp, doctorKeys } from './doctor.ts';
import { endpointsHelp, endpointsKeys } from './endpoints/endpoints-keys.ts';
import { inspectorHelp, inspectorKeys } from './inspector/inspector-keys.ts';
import { sandboxHelp, sandboxKeys } from './sandbox/sandbox-keys.ts';

/** The page that says when to stream. */
export const whenPage = (width: number): Line[] => [
  line('When to stream', 'title'),
  blank,
  ...wrapParagraph(
    'Both ways give the same text for the same tokens. What differs is when it arrives.',
    width,
  ),
  blank,
  ...tableLines(whenToStream, width),
];

/** The takeaways, each with the figure that the learner's own runs produced. */
export function takeawaysPage(progress: ProgressData, width: number): Line[] {
  const nameWidth = Math.max(...takeaways.map(({ concept }) => concept.length)) + 2;
  return [
    line('Nine things to take away', 'title'),
    blank,
    ...takeaways.flatMap(({ concept, remember, experiment }) => {
      const figure = progress.figures[experiment]?.[concept];
      return [
        ...wrapParagraph(remember, width - nameWidth).map(
          (row, index): Line => [
            span(index === 0 ? padEnd(concept, nameWidth) : ' '.repeat(nameWidth), 'strong'),
            ...row,
          ],
        ),
        ...wrapParagraph(
          figure ? visible(figure) : `run ${experiment} to see your own figure here`,
          width - nameWidth,
          figure ? 'ok' : 'muted',
        ).map((row): Line => [span(' '.repeat(nameWidth)), ...row]),
        blank,
      ];
    }),
  ];
}

const anywhere = 'Anywhere';

const groups: readonly (readonly [string, readonly Action[]])[] = [
  [
    anywhere,
    ['up', 'down', 'page-up', 'page-down', 'top', 'bottom', 'endpoint', 'help', 'back', 'interrupt'],
  ],
  ['Home', ['open', 'search', 'reset', 'quit']],
  [
    'A lesson',
    [
      'predict',
      'run',
      'stop',
      'switch-side',
      'step-left',
      'step-right',
      'language',
      'inspect',
      'edit',
      'next',
      'previous',
    ],
  ],
];

const explanations: Readonly<Partial<Record<Action, string>>> = {
  up: 'up: in a list, the text or the chunks',
  down: 'down',
  endpoint: 'choose who answers: practice, OpenAI or another server',
  interrupt: 'stop the run; with none running, quit',
  back: 'back to where one came from, never out of the program',
  open: 'open the lesson',
  search: 'find a lesson by words',
  reset: 'forget all progress (asks first)',
  quit: 'quit',
  predict: 'guess before the run',
  run: 'send the request, or send it again',
  stop: 'stop the run; what came is kept',
  'switch-side': 'between the lesson and the live panel',
  'step-left': 'the request before, where there are several',
  'step-right': 'the request after',
  inspect: 'take the run apart: chunks, bytes, times, headers',
  edit: 'the request of this lesson in the sandbox, to change it and to send it',
  language: 'the code in TypeScript, Python or curl',
  next: 'next lesson',
  previous: 'lesson before',
  help: 'these keys',
};

/** Screens with a table of their own: its title, its keys, and what those that are told here do, by id. */
const places: readonly (readonly [string, readonly Shown[], Readonly<Record<string, string>>])[] = [
  ['Sandbox', sandboxKeys, sandboxHelp],
  ['Inspector', inspectorKeys, inspectorHelp],
  ['Endpoints', endpointsKeys, endpointsHelp],
  ['Key doctor', doctorKeys, doctorHelp],
];

/** All keys, from the tables that the keys themselves come from: those of the place where one is first. */
export const helpPage = (width: number, here: string | null = null): Line[] => [
  line('Keys', 'title'),
  ...placeLines(here, width),
  ...groups.flatMap(([title, ids]) => [
    ...titleLines(title),
    ...ids.flatMap((id) =>
      keyLines(keymap, id, explanations[id], width, title === anywhere ? ownKeys(here) : []),
    ),
  ]),
  ...places.filter(([title]) => title !== here).flatMap(([title]) => placeLines(title, width)),
];

function placeLines(wanted: string | null, width: number): Line[] {
  const [title = '', table = [], says = {}] = places.find(([name]) => name === wanted) ?? [];
  if (title === '') return [];
  return [
    ...titleLines(title),
    ...Object.entries(says).flatMap(([id, text]) => keyLines(table, id, text, width)),
  ];
}

const titleLines = (title: string): Line[] => [blank, line(title, 'strong')];

/** The keys that mean something of their own in a place. */
function ownKeys(here: string | null): readonly string[] {
  const [, table = [], says = {}] = places.find(([name]) => name === here) ?? [];
  return table.flatMap(({ id, keys }) => (id in says ? keys : []));
}

/** A key and what it does, or nothing where all its names are `taken`. */
function keyLines(
  table: readonly Shown[],
  id: string,
  text: string | undefined,
  width: number,
  taken: readonly string[] = [],
): Line[] {
  const binding = table.find((each) => each.id === id);
  const free = binding?.keys.filter((key) => !taken.includes(key)) ?? [];
  if (binding && free.length === 0) return [];
  const keys = binding ? namesOf({ ...binding, keys: free }) : 'Ctrl+C';
  return wrapParagraph(text ?? binding?.label ?? '', width - 22).map(
    (row, index): Line => [span(padEnd(index === 0 ? `  ${keys}` : '', 22), 'accent'), ...row],
  );
}

const pretty: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  enter: 'Enter',
  tab: 'Tab',
  esc: 'Esc',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  space: 'Space',
  home: 'Home',
  end: 'End',
};

const namesOf = (binding: Shown): string =>
  binding.shown?.includes('-')
    ? shownKey(binding)
    : binding.keys.map((key) => pretty[key] ?? key.replace('ctrl+', 'Ctrl+')).join(' ');
