import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type App, newFolder, startApp } from '../helpers/pty.ts';

// In two pieces, so that nobody who looks for keys in this folder finds one.
const canary = `sk-proj-${'CANARYq7Zt2Lw9Xe4Rb6Nv1Mk8Jh3Gf5Ds0AcPoIuYyTrEwQzXsWaVbNmKlJH'}`;
const masked = 'sk-proj...KlJH';
/** Whatever of it would help a thief: any 12 characters in a row of what the mask leaves out. */
const pieces = Array.from({ length: canary.length - 7 - 4 - 11 }, (_, at) => canary.slice(7 + at, 19 + at));

// Nothing listens on this port: whatever would go out goes nowhere.
const nowhere = { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
const env = { OPENAI_API_KEY: canary, ...nowhere };

/** Looks for the key in all that a terminal got, as it came and without what only moves the cursor. */
function expectNoKey(output: string): void {
  const text = output.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '');
  expect(pieces.filter((piece) => output.includes(piece) || text.includes(piece))).toEqual([]);
}

/** Looks into every file that was written. */
function expectNoKeyInFiles(folder: string): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.env')
    .map(({ parentPath, name }) => join(parentPath, name));
  for (const file of files) expectNoKey(readFileSync(file, 'utf8'));
}

function folder(): string {
  const path = newFolder();
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Looks wherever a key could be: at home, in its lesson, after errors, in the takeaways and in help. */
async function lookAround(app: App): Promise<void> {
  await app.waitFor(/A key was found \(sk-proj\.\.\.KlJH\)[\s\S]*q quit$/, 'home');
  for (const id of ['1a', '1b', '3b']) {
    app.press('/', id, 'enter', 'enter', 'enter');
    const shown = await app.waitFor(/Enter run again/, `the end of ${id}`);
    if (id === '1a') expect(shown.join('\n')).toContain(masked);
    await goHome(app);
  }
  app.press('/', 'takeaways', 'enter', 'enter');
  await app.waitFor(/your 1b: a fake key, 401/, 'the takeaways');
  app.press('?');
  await app.waitFor(/choose who answers/, 'help');
  app.press('esc');
  await app.waitFor(/Nine things/, 'the takeaways');
  await goHome(app);
  app.press('/', 'doctor', 'enter', 'enter');
  const examined = await app.waitFor(/is the key in use/, 'the key doctor');
  expect(examined.join('\n')).toContain(masked);
  await goHome(app);
  // Somebody pastes it where it does not belong.
  app.press('/', 'sandbox', 'enter', 'enter');
  await app.waitFor(/prompt tokens estimated/, 'the sandbox');
  app.press('e', `\x1b[200~ ${canary} \x1b[201~`);
  await app.waitFor((rows) => rows.some((row) => row.includes(masked)), 'the masked paste');
  app.press('esc');
  await app.waitFor(/e edit .*Esc home$/, 'the list');
  app.press('c');
  await app.waitFor(/OPENAI_API_KEY/, 'the code');
  app.press('w');
  await app.waitFor(/Saved as request/, 'a saved program');
  app.press('esc');
  await app.waitFor(/e edit .*Esc home$/, 'the list');
  await goHome(app);
}

/** Back home, where all is listed again. */
async function goHome(app: App): Promise<void> {
  app.press('esc');
  await app.waitFor(/q quit$/, 'home');
  app.press('esc');
  await app.waitFor((rows) => !/Esc/.test(rows.at(-1)!), 'no search');
}

/** Lets another endpoint answer, one row up or down from the one in use. */
async function use(app: App, key: 'up' | 'down', then: RegExp): Promise<void> {
  app.choose('endpoint');
  await app.waitFor(/Who answers/, 'the endpoints');
  app.press(key, 'enter');
  await app.waitFor(then, 'the change');
}

test('a key in the environment is masked everywhere; going live is said, chosen and remembered', async () => {
  const cwd = folder();
  {
    await using app = startApp({ cols: 120, rows: 40, cwd, env });
    await lookAround(app);
    await use(app, 'down', /127\.0\.0\.1:9, costs money[\s\S]*127\.0\.0\.1:9 answers from now on, and costs/);
    await use(app, 'up', / practice · [\s\S]*Practice answers from now on, for free/);
    app.choose('endpoint');
    await app.waitFor(/Who answers/, 'the endpoints');
    app.press('G', 'up', 'enter', ...canary);
    await app.waitFor(/This may be a key/, 'a key that is not taken');
    app.press(`\x1b[200~${canary}\x1b[201~`, 'enter');
    app.choose('cancel');
    await app.waitFor(/Who answers/, 'the endpoints again');
    app.press('g', 'down', 'm');
    await app.waitFor(/Port 9 is one that fetch never uses/, 'no models');
    app.choose('endpoints');
    await app.waitFor(new RegExp(`${masked.replaceAll('.', '\\.')} · \\d+ characters`), 'the key, masked');
    app.choose('use');
    await app.waitFor(/q quit$/, 'home');
    app.choose('quit');
    await app.exit();
    expectNoKey(app.raw());
  }
  await using app = startApp({ cols: 80, rows: 24, cwd, env });
  await app.waitFor(/^ First Token .*127\.0\.0\.1:9, costs money/, 'the choice of last time');
  await use(app, 'up', / practice · /);
  app.choose('quit');
  await app.exit();
  expectNoKey(app.raw());
  expect(readdirSync(cwd)).toContain('progress.json');
  expectNoKeyInFiles(cwd);
});

test('a key in .env is masked everywhere', async () => {
  const cwd = folder();
  writeFileSync(join(cwd, '.env'), `OPENAI_API_KEY=${canary}\n`);
  await using app = startApp({ cols: 80, rows: 24, cwd, env: nowhere });
  await lookAround(app);
  app.choose('quit');
  await app.exit();
  expectNoKey(app.raw());
  expectNoKeyInFiles(cwd);
});

test('a crash does not show it, with its stack either', async () => {
  const crash = `process.on('SIGUSR2', () => { throw new Error('boom ' + process.env.OPENAI_API_KEY) })`;
  await using app = startApp({
    env: {
      ...env,
      FIRST_TOKEN_DEBUG: '1',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(crash)}`,
    },
  });
  await app.waitFor(/q quit$/, 'home');
  app.kill('SIGUSR2');
  expect((await app.exit()).code).toBe(1);
  expect(app.raw()).toContain(`first-token: boom ${masked}`);
  expectNoKey(app.raw());
});

test.concurrent.for(['run 1a --json', 'run 3b --json', 'run 1b --json --endpoint openai', 'tour'])(
  '%s does not show it',
  async (command, { expect }) => {
    await using app = startApp({ env, args: [...command.split(' '), '--pace', 'instant'] });
    await app.exit();
    expect(app.raw().length).toBeGreaterThan(1000);
    expectNoKey(app.raw());
    expectNoKeyInFiles(app.cwd);
  },
);
