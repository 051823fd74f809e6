import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { startApp } from '../helpers/pty.ts';

test.concurrent.for([
  { cols: 120, rows: 40 },
  { cols: 80, rows: 24 },
  { cols: 60, rows: 20 },
])(
  'a running stream is opened, searched, scrubbed, saved, opened again and compared, at $cols × $rows',
  async ({ cols, rows }, { expect }) => {
    await using app = startApp({ cols, rows, args: [] });
    await app.waitFor(/q quit$/, 'home');
    app.press('/', '3c', 'enter', 'enter');
    await app.waitFor(/Enter run/, 'the lesson');
    app.press('enter');
    await app.waitFor(/Esc stop$/, 'the running stream');
    app.press('i');
    await app.waitFor(/chunks[\s\S]*going on/, 'the inspector on a running stream');
    const faults = app.watchFrames();
    await app.waitFor(/stream +complete/, 'its end');

    // The token that ended the answer, and its bytes.
    app.press('f', 'f', 'f');
    await app.waitFor(/only (finish|usage)/, 'the events that end it');
    app.press('/');
    await app.waitFor(/search:/, 'the search');
    app.press('finish_reason":"');
    app.press('enter');
    await app.waitFor(/[1-9]\d* found/, 'what was found');
    app.press('2');
    await app.waitFor(/"finish_reason":|finish_reason/, 'its bytes');
    app.press('x');
    await app.waitFor(/[0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{2}/, 'its bytes as numbers');
    // Back to the first content.
    app.press('3', 'm', 'm', 'm');
    await app.waitFor(/paused/, 'a moment before the end');
    app.press('s');
    await app.waitFor(/Saved as 3c-[\d-]+\.jsonl/, 'the recording');
    expect(faults()).toEqual([]);
    app.press('ctrl+c');
    await app.exit();

    const [file = ''] = readdirSync(app.cwd).filter((name) => name.endsWith('.jsonl'));
    expect(readFileSync(join(app.cwd, file), 'utf8').split('\n').length).toBeGreaterThan(50);
    await using again = startApp({ cols, rows, cwd: app.cwd });
    await again.waitFor(/q quit$/, 'home');
    again.press('/', '3a', 'enter', 'enter');
    await again.waitFor(/Enter run/, 'the lesson with both ways');
    again.press('enter');
    await again.waitFor(/Enter run again/, 'the end of both');
    again.press('i');
    await again.waitFor(/request \d of 2/, 'the inspector');
    again.press('O');
    await again.waitFor(/the file of a recording:/, 'the name of a file');
    again.press(file, 'enter');
    await again.waitFor(/^ 3c-\S+ .*stream +complete/m, 'the recording');
    again.press('d');
    await again.waitFor(/Diff with which run/, 'the runs');
    again.press('enter');
    await again.waitFor(/differences/, 'what differs');
  },
);
