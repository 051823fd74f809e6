import { expect, test } from 'vitest';
import type { Clock } from '../../../src/core/clock.ts';
import type { Files } from '../../../src/core/doctor/places.ts';
import { type ScanOptions, scanSources } from '../../../src/core/doctor/source-scan.ts';
import { stillClock } from '../../helpers/logs.ts';
import { type FakeFile, fakeFiles, key } from './world.ts';

const text = `key = '${key}'\n`;

function scan(tree: Readonly<Record<string, FakeFile>>, more: Partial<ScanOptions> = {}) {
  const files = fakeFiles(
    Object.fromEntries(Object.entries(tree).map(([name, file]) => [`/p/${name}`, file])),
  );
  return scanSources({ cwd: '/p', files, clock: stillClock, listed: null, isLeftOut: () => false, ...more });
}

const filesOf = ({ keys }: { readonly keys: readonly { readonly file: string }[] }) =>
  keys.map(({ file }) => file);

test('a walk goes everywhere but into folders of others, and takes the nearest first', async () => {
  const tree = Object.fromEntries(
    ['src/deep/a.ts', 'b.py', '.npmrc', 'node_modules/x/i.js', '.git/config', 'dist/i.js', '.venv/a.py'].map(
      (name) => [name, text],
    ),
  );
  expect(filesOf(await scan(tree))).toEqual(['b.py', '.npmrc', 'src/deep/a.ts']);
});

test('where git lists the files, those and no others are looked at', async () => {
  const tree = { 'a.ts': text, 'ignored.ts': text, 'dist/i.js': text };
  expect(filesOf(await scan(tree, { listed: ['a.ts', 'dist/i.js', 'deleted.ts'] }))).toEqual([
    'a.ts',
    'dist/i.js',
  ]);
});

test('binary files, lock files and files over the limit are passed over', async () => {
  const tree = {
    'a.bin': `\0${text}`,
    'package-lock.json': text,
    'yarn.lock': text,
    'large.txt': text.repeat(40),
  };
  const limits = { files: 10, ms: 10, fileBytes: 1000 };
  expect(await scan(tree, { limits })).toEqual({ keys: [], files: 0, stoppedBy: null });
});

test('a file in UTF-16 is text too', async () => {
  const bytes = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
  expect(await scan({ 'a.txt': bytes })).toMatchObject({ keys: [{ key, line: 1 }], files: 1 });
});

test('what cannot be read, or is a link, does no harm', async () => {
  const files = fakeFiles({ '/p/a.ts': text, '/p/b.ts': Object.assign(new Error('no'), { code: 'EACCES' }) });
  const linked: Files = { ...files, facts: async () => ({ kind: 'link', size: 1, mode: 0o777 }) };
  expect((await scan({}, { files })).files).toBe(1);
  expect((await scan({}, { files: linked })).files).toBe(0);
});

test('it stops at so many files, or at so much time, and says which', async () => {
  const tree = { 'a.ts': text, 'b.ts': text, 'c.ts': text };
  const limits = { files: 2, ms: 100, fileBytes: 1000 };
  expect(await scan(tree, { limits })).toMatchObject({ files: 2, stoppedBy: 'files' });
  expect(await scan(tree, { limits: { ...limits, files: 3 } })).toMatchObject({ files: 3, stoppedBy: null });
  let now = 0;
  const clock: Clock = { ...stillClock, now: () => (now += 40) };
  expect(await scan(tree, { limits, clock })).toMatchObject({ files: 2, stoppedBy: 'ms' });
});
