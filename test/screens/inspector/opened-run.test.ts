import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { openRun } from '../../../src/core/run/open-run.ts';
import type { Recording } from '../../../src/core/run/recording.ts';
import { InspectorModel } from '../../../src/screens/inspector/inspector-model.ts';
import { inspectorView } from '../../../src/screens/inspector/inspector-view.ts';
import { boxed, plain, shown } from '../../components/shown.ts';
import { helloHeaders, helloRun, helloStream, helloWords, logOf } from '../../helpers/logs.ts';
import { done, eventOf } from '../../helpers/streams.ts';
import { stillInspector, world } from '../world.ts';

/** The inspector with a file open, and its screen with one tab after the other. */
function opened(
  { problems = [], notes = [], events = helloRun }: Partial<Recording>,
  [width, rows]: [number, number],
  look = boxed,
) {
  const host = { say: () => {}, changed: () => {}, go: () => {}, leave: () => {}, inspect: () => {} };
  const model = new InspectorModel({ ...host, session: world().session }, stillInspector());
  model.show('f.jsonl', { events, problems, notes });
  const rowsOf = () => shown(inspectorView(model, width, rows, look));
  return {
    model,
    press: (key: string) => {
      rowsOf();
      model.press(key);
      return rowsOf();
    },
  };
}

const problems = Array.from({ length: 12 }, (_, at) => `Line ${at + 1} was left out.`);

test.each<[number, number]>([
  [118, 34],
  [80, 20],
  [44, 8],
])('what a file lacks can be read as long as it is open, all of it, in %i × %i cells', (...size) => {
  const { press } = opened({ problems, notes: ['It says nothing of \u001b[2J.'] }, size);
  for (const tab of ['1', '2', '3', '5', '6', '7']) expect(press(tab)[1]).toContain('read in part');
  let seen = press('4').join('\n');
  for (let at = 0; at < 60; at++) seen += press('J').join('\n');
  const said = seen.replace(/[\s│]+/g, ' ');
  for (const problem of problems) expect(said).toContain(problem);
  expect(said).toContain('It says nothing of ␛[2J.');
});

const sse = eventOf('Hi') + done;

/** The screens of what `curl` printed, tab by tab, as one text. */
function capture(text: string, size: [number, number] = [80, 20], look = boxed) {
  const { press } = opened(openRun(Buffer.from(text), 'x.sse'), size, look);
  return (tab: string) => press(tab).join('\n');
}

test('of a capture nothing is shown as sent, and no read of the socket', () => {
  const tab = capture(sse);
  expect(tab('4')).toMatch(/^ The request is not in the file\.$/m);
  expect(tab('4')).not.toMatch(/unknown\.invalid|POST|headers\b(?! that curl)|"model"/);
  const wire = tab('2').split('\n');
  expect(wire.slice(2, 5)).toEqual([
    ' events         chunks',
    " ┌ 0   122 B    #0 'Hi'",
    ' └ 1    14 B   ›[DONE]',
  ]);
  expect(wire).toContain(' event 1 of 0–1 · bytes 122–135 · –');
  expect(wire).toContain(' In which reads it came is not in the file.');
  expect(tab('5')).toContain(
    ' body: a stream of 2 events, 136 B. In which reads it came is not in the file.',
  );
  const words = capture(sse, [80, 20], plain)('2');
  expect(words).toMatch(/events and their chunks\n {3}event 0, 122 B; chunk 0: 'Hi'/);
  const whole = capture('{"choices":[{"message":{"content":"Hi"}}]}')('2');
  expect(whole).toMatch(/no events · 42 B\n[\s\S]*In which reads it came is not in the file\./);
});

test('of a request that curl -v told, all is shown but the body', () => {
  const tab = capture(
    `> POST /v1/chat/completions HTTP/1.1\n> Host: example.com\n> \n< HTTP/1.1 200 OK\n< \n${sse}`,
  );
  expect(tab('4')).toMatch(/POST http:\/\/example\.com\/v1\/chat\/completions[\s\S]*1 header\n[\s\S]*host/);
  expect(tab('4')).toMatch(/^ Its body is not in the file\.$/m);
  expect(tab('4')).not.toContain('"model"');
});

test('that a status is assumed is said where it stands', () => {
  const tab = capture(sse);
  expect(tab('5')).toMatch(
    /200 OK\n no headers in the file\n[\s\S]* Without the headers that curl -i keeps, a status of 200 is assumed\.\n/,
  );
  expect(capture(`HTTP/1.1 200 OK\ndate: x\n\n${sse}`)('5')).not.toContain('is assumed');
});

test('a file that was read in full has its notes there, and no warning', () => {
  const { press } = opened({ notes: ['A capture does not say when anything came.'] }, [118, 34]);
  const rows = press('4');
  expect(rows[1]).not.toContain('read in part');
  expect(rows.join('\n')).toContain('A capture does not say when anything');
});

test('a file without a request says what it lacks in its place', () => {
  const { press } = opened({ events: helloRun.slice(0, 1), problems: ['It breaks off.'] }, [80, 20]);
  expect(press('4').join('\n')).toMatch(/This request has not begun\.[\s\S]*It breaks off\./);
});

test('the top row is told whom a file asked, and of a run from here nothing', () => {
  const askedIn = (recording: Partial<Recording>) => opened(recording, [80, 20]).model.shownFile;
  expect(askedIn({ events: helloRun })).toEqual({
    endpoint: { kind: 'practice', baseURL: 'http://127.0.0.1:1/v1' },
    model: 'gpt-4o-mini',
  });
  expect(askedIn({ events: helloRun.slice(0, 1) })).toMatchObject({
    endpoint: { kind: 'practice' },
    model: null,
  });
  const named = sse.replace('"choices"', '"model":"tiny-1","choices"');
  expect(askedIn(openRun(Buffer.from(named), 'x.sse'))).toEqual({ endpoint: null, model: 'tiny-1' });
  const { model } = opened({}, [80, 20]);
  model.inspect({ id: '3b', log: logOf(helloRun) });
  expect(model.shownFile).toBeNull();
});

test('it is there again when one comes back to the file', () => {
  const { model, press } = opened({ problems: ['It breaks off.'] }, [118, 34]);
  model.show('other.jsonl', { events: helloRun, problems: [], notes: [] });
  expect(press('4').join('\n')).not.toContain('It breaks off.');
  press('r');
  press('down');
  press('enter');
  expect(press('4').join('\n')).toContain('It breaks off.');
});

test('a file that breaks off is not waited for, in any tab', () => {
  const read: RunEvent = {
    type: 'read',
    at: 480,
    step: 0,
    attempt: 0,
    index: 0,
    start: 0,
    end: 5,
    bytes: Buffer.from('data:'),
  };
  const { press } = opened({ events: [...helloHeaders, read] }, [118, 34]);
  expect(press('1').join('\n')).toContain('The file breaks off before the first event.');
  expect(press('6').join('\n')).toContain('The file breaks off before the first chunk.');
  const later = opened({ events: helloWords }, [118, 34]);
  expect(later.press('5').join('\n')).toMatch(/0 B, where the[\s│]+file breaks off/);
  for (const tab of ['1', '2', '3', '5', '6']) {
    expect(press(tab).concat(later.press(tab)).join('\n')).not.toMatch(/ yet|so far|waiting|going on/);
  }
  for (let end = 2; end < helloStream.length; end++) {
    const cut = opened({ events: helloStream.slice(0, end) }, [118, 34]);
    for (const tab of ['1', '2', '3', '5', '6', 'r']) {
      expect(cut.press(tab).join('\n'), `${end} events, ${tab}`).not.toMatch(
        / yet\b|so far|waiting|going on/,
      );
    }
  }
});

test('what is missing in a file is said in a sentence when it is opened, whole', () => {
  const said: string[] = [];
  const host = { say: (text: string) => said.push(text), changed: () => {}, go: () => {}, leave: () => {} };
  const model = new InspectorModel(
    { ...host, inspect: () => {}, session: world().session },
    stillInspector(),
  );
  model.show('f.jsonl', { events: helloRun, problems: ['Line 7.5 breaks off. It says more.'], notes: [] });
  expect(said).toEqual(['Line 7.5 breaks off.']);
});
