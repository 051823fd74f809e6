import { expect, test } from 'vitest';
import { App } from '../../src/app.tsx';
import { boxed, plain } from '../components/shown.ts';
import { mount } from '../helpers/frames.tsx';
import { abortedRun, chunk, helloHeaders, helloRun, helloStream, helloWords } from '../helpers/logs.ts';
import { world } from './world.ts';

/** The app over a world, at home as far as its screen goes. */
async function open(columns: number, rows: number, place = world(), look = boxed) {
  const { session, model } = place;
  const screen = mount(
    <App session={session} model={model} hasColor={false} look={look} size={{ columns, rows }} />,
  );
  await screen.waitForFrame('q quit');
  return { ...place, ...screen };
}

const at3b = () => world({ progress: { last: '3b' } });

test('home at 80×24', async () => {
  const { rows } = await open(80, 24);
  expect(rows()).toEqual([
    ' First Token                                   practice · gpt-4o-mini · 0 of 13',
    '────────────────────────────────────────────────────────────────────────────────',
    ' › Authentication         1a  is the key loaded',
    '                          1b  a bad key',
    '   The request            2a  the minimal request',
    '                          2b  system prompt and parameters',
    '   The response object    2c  the response object',
    '   finish_reason          2d  why an answer ends',
    '   Multi-turn             2e  the history is yours to send',
    '                          2f  turn by turn',
    '   Streaming              3a  normal against streaming',
    '                          3b  what a chunk is',
    '                          3c  stream and keep',
    '                          3d  when a stream goes wrong',
    '                          3e  usage in a stream',
    '   Closing                    when to stream, and when not',
    '                              takeaways, with your own figures',
    '   Your turn                  sandbox: your own requests',
    '                              inspector: runs and recordings',
    '                              key doctor: is your key safe',
    '',
    '   New here? Enter opens a lesson, a number guesses, and Enter runs it.',
    '────────────────────────────────────────────────────────────────────────────────',
    ' Enter open   ↑↓ select   o endpoint   / search   ? keys   q quit',
  ]);
});

test('3b after its run, the lesson and the wire side by side', async () => {
  const place = at3b();
  place.session.give('3b', helloRun, { guess: 'three' });
  const { press, waitForFrame } = await open(100, 36, place);
  press('enter');
  expect(await waitForFrame('Hello World!')).toEqual([
    ' First Token   Streaming › 3b what a chunk is                      practice · gpt-4o-mini · 0 of 13',
    '────────────────────────────────────────────────────────────────────────────────────────────────────',
    ' 3b  what a chunk is                  │ POST /v1/chat/completions                       200  stream',
    '                                      │ ├────────────────────┼──┼───┤                        643 ms',
    ' A streamed answer is many small      │ │     headers 470 ms ┘  │   └ last 640 ms',
    ' objects. Each one, a chunk, carries  │ └ sent                  └ first 551 ms',
    ' only what is new: its delta.         │',
    '                                      │ ╭ answer ─────────────────────────────────────────────────╮',
    ' Not every chunk brings text. The     │ │ Hello World!                                            │',
    ' first one names the role, one at the │ │                                                         │',
    ' end gives the finish_reason; those   │ │                                                         │',
    ' between bring about one token each.  │ │                                                         │',
    '                                      │ ╰─────────────────────────────────────────────────────────╯',
    ' Before you run it: How many chunks   │   #       at     gap   finish_reason delta',
    " will carry text?                     │   0   512 ms       –   –             role: assistant, ''",
    "    1 ○ one                           │   1   551 ms   39 ms   –             'Hello'",
    "  ✓ 2 ○ three                         │   2   602 ms   51 ms   –             ' World'",
    "    3 ○ five                          │   3   640 ms   38 ms   –             '!'",
    '    4 ○ ten                           │   4   641 ms    1 ms   stop          (nothing)',
    '                                      │',
    ' ✓ Right. Of 5 chunks, #1 to #3 have  │',
    '   text in the delta. A token is      │',
    '   often a word with the space before │',
    '   it, and a mark is one too.         │',
    '                                      │ gaps  ▇█▆▁   median 39 ms · largest 51 ms',
    ' #0 came at 512 ms with a role and no │ ╭ usage ──────────────────────────────────────────────────╮',
    ' text. The first content came at 551  │ │ prompt       no count: ask with stream_options          │',
    ' ms: that is the first token.         │ │ completion   about 3 tokens                   estimated │',
    '                                      │ │ total        –                                          │',
    ' #4 has an empty delta and says stop. │ │ finish       stop                              reported │',
    ' Until it comes, you cannot know why  │ │ first token  551 ms                            measured │',
    ' the text ended.                      │ │ speed        33.7 chunks/s                     measured │',
    '                                      │ │ cost         free: practice                             │',
    ' ↓ 31 more · ↑↓ scrolls               │ ╰─────────────────────────────────────────────────────────╯',
    '────────────────────────────────────────────────────────────────────────────────────────────────────',
    ' Enter run again   Tab live   n next   ↑↓ scroll   c code   i inspect   ? keys   Esc home',
  ]);
});

test('3b after its run in a small terminal: one side at a time', async () => {
  const place = at3b();
  place.session.give('3b', helloRun, { guess: 'three' });
  const { press, waitForFrame } = await open(60, 18, place);
  press('enter');
  await waitForFrame('Lesson ✓');
  press('tab');
  expect(await waitForFrame('Hello World!')).toEqual([
    ' First Token   Streaming             practice · gpt-4o-mini',
    '────────────────────────────────────────────────────────────',
    ' 3b  what a chunk is                       Lesson ✓   Live',
    ' POST /v1/chat/completions                      200  stream',
    ' headers 470 ms · first 551 ms · last 640 ms · end 643 ms',
    ' ▏ Hello World!',
    ' ▏',
    '   #       at     gap   finish_reason delta',
    "   0   512 ms       –   –             role: assistant, ''",
    "   1   551 ms   39 ms   –             'Hello'",
    "   2   602 ms   51 ms   –             ' World'",
    "   3   640 ms   38 ms   –             '!'",
    '   4   641 ms    1 ms   stop          (nothing)',
    ' reported   stop · no usage: ask with stream_options',
    ' measured   first token 551 ms · 33.7 chunks/s',
    ' estimated  about 3 tokens',
    '────────────────────────────────────────────────────────────',
    ' Enter run again   Tab lesson   n next   ? keys   Esc home',
  ]);
});

test('while a run goes on, what arrives appears, and Esc stops', async () => {
  const place = at3b();
  place.session.give('3b', helloHeaders, { isRunning: true });
  const { press, waitForFrame, session, rows } = await open(100, 30, place);
  press('enter');
  await waitForFrame('200  stream');
  expect(rows().at(-1)).toMatch(/Esc stop$/);
  const { log } = session.runOf('3b')!;
  for (const event of helloWords.slice(helloHeaders.length)) log.append(event);
  await waitForFrame('│ Hello World ');
  for (const event of helloStream.slice(helloWords.length)) log.append(event);
  await waitForFrame('│ Hello World! ');
  // Again and again: nothing but the log itself redraws the screen now.
  for (const index of [5, 6, 7, 8]) {
    log.append(chunk(index, 700 + index, ` and ${index}`));
    await waitForFrame(` and ${index} `);
  }
  press('esc');
  await waitForFrame(() => session.asked.includes('abort'));
  expect(session.asked).toEqual(['abort']);
});

test('while a stream is silent its time goes on, also in the inspector', async () => {
  const place = at3b();
  let nowMs = 0;
  place.session.give('3b', helloStream, { isRunning: true, now: () => nowMs });
  const { press, waitForFrame } = await open(100, 30, place);
  press('enter');
  await waitForFrame('│ Hello World! ');
  nowMs = 5000;
  await waitForFrame('5.00 s');
  press('i');
  await waitForFrame('live  5.00 s of 5.00 s');
  nowMs = 9000;
  await waitForFrame('live  9.00 s of 9.00 s');
});

test('where there is little room, the end of a run brings its verdict into view', async () => {
  const place = at3b();
  const { press, waitForFrame, rows } = await open(60, 15, place);
  press('enter');
  await waitForFrame('A streamed answer is many small objects.');
  press('esc');
  await waitForFrame('q quit');
  place.session.give('3b', helloRun, { guess: 'three' });
  press('enter');
  await waitForFrame('✓ Right. Of 5 chunks');
  expect(rows().join('\n')).not.toContain('A streamed answer is many');
});

test('a run that was stopped says so and keeps what came', async () => {
  const place = at3b();
  place.session.give('3b', abortedRun);
  const { press, waitForFrame } = await open(100, 36, place);
  press('enter');
  const text = (await waitForFrame('never said: you stopped it')).join('\n');
  expect(text).toContain('│ Hello World ');
  expect(text).toContain('– This run ended before it could');
});

test('keys typed in one burst each do their work', async () => {
  const { type, waitForFrame } = await open(80, 24);
  type('jjj\r');
  expect((await waitForFrame('Esc home'))[2]).toMatch(
    /^ 2b {2}system prompt and parameters .*Lesson {3}Live$/,
  );
});

test('a search narrows the list while it is typed, and q is a letter', async () => {
  const { press, type, waitForFrame, quits } = await open(80, 24);
  press('/');
  await waitForFrame('/ █');
  type('quit');
  expect((await waitForFrame('nothing by that name')).join('\n')).toContain('/ quit█');
  expect(quits).toEqual([]);
  press('esc');
  await waitForFrame('is the key loaded');
  press('q');
  expect(quits).toEqual(['quit']);
});

test('help says what the keys are, and ? goes back', async () => {
  const { press, waitForFrame } = await open(80, 40);
  press('?');
  expect((await waitForFrame('Keys')).join('\n')).toContain('find a lesson by words');
  press('?');
  await waitForFrame('is the key loaded');
});

test.each([
  [120, 40],
  [80, 24],
  [60, 15],
  [40, 10],
  [30, 8],
  [20, 8],
])('at %i×%i every screen has exactly its rows, and its keys at the bottom', async (columns, rows) => {
  const place = at3b();
  place.session.give('3b', helloRun, { guess: 'three' });
  const { press, waitForFrame, rows: shownRows } = await open(columns, rows, place);
  const check = (what: string) => {
    expect(shownRows(), what).toHaveLength(rows);
    // Narrower than this, only what is left of a row is cut off by the terminal's edge.
    const width = Math.max(columns, 30);
    for (const row of shownRows()) expect([...row].length, `${what}: ${row}`).toBeLessThanOrEqual(width);
    expect(shownRows().at(-1), what).toMatch(/\? key|Esc|q quit|…/);
  };
  check('home');
  for (const key of ['enter', 'tab', 'tab', '?', '?', 'n', 'n', 'n', 'n', 'n']) {
    const before = shownRows().join('\n');
    press(key);
    await waitForFrame((frame) => frame.join('\n') !== before);
    check(key);
  }
});

test.each([80, 100])(
  'to a screen reader nothing is drawn, and one text is read at a time, at %i columns',
  async (columns) => {
    const place = at3b();
    place.session.give('3b', helloRun, { guess: 'three' });
    const { press, waitForFrame } = await open(columns, 40, place, plain);
    press('enter', 'tab');
    const text = (await waitForFrame('Hello World!')).join('\n');
    expect(text).not.toMatch(/[─│╭╮╰╯├┤┼]/);
    expect(text).not.toContain('A streamed answer is many small objects.');
  },
);
