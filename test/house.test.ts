import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const files = globSync('src/**/*.{ts,tsx}').map((path) => {
  const text = readFileSync(path, 'utf8');
  const imports = [...text.matchAll(/(?:\bfrom|^import|\bimport\()\s*'([^']+)'/gm)].map(([, name = '']) =>
    name.startsWith('.') ? join(dirname(path), name) : name,
  );
  return { path, text, imports };
});

/** The rooms of the house from the ground up: none may look into one above it. */
const rooms = ['src/core/', 'src/components/', 'src/screens/', 'src/app.tsx', 'src/main.ts'];
const isIn = (room: string) => (path: string) => path.startsWith(room);
const importsOf = (room: string) =>
  files.filter(({ path }) => path.startsWith(room)).flatMap(({ imports }) => imports);

test.each(rooms)('%s imports nothing from above', (room) => {
  const above = [...rooms.slice(rooms.indexOf(room) + 1), 'src/start.ts', 'src/cli.ts'];
  if (room !== 'src/main.ts' && room !== 'src/app.tsx') above.push('src/commands/', 'src/program.ts');
  expect(importsOf(room).length).toBeGreaterThan(0);
  for (const each of above) expect(importsOf(room).filter(isIn(each))).toEqual([]);
});

test('commands print and know nothing of screens', () => {
  for (const room of rooms.slice(1)) expect(importsOf('src/commands/').filter(isIn(room))).toEqual([]);
});

test('practice knows only itself, and is reached only through its URL', () => {
  const practice = 'src/core/practice/';
  expect(importsOf(practice).filter((name) => isIn('src/')(name) && !isIn(practice)(name))).toEqual([]);
  const others = files.filter(({ path }) => !isIn(practice)(path));
  expect(others.filter(({ imports }) => imports.some(isIn(practice)))).toEqual([]);
});

test('the core neither draws nor ends the process', () => {
  expect(importsOf('src/core/').filter((name) => /^(ink|react)\b/.test(name))).toEqual([]);
  expect(files.filter(({ path, text }) => isIn('src/core/')(path) && text.includes('process.exit'))).toEqual(
    [],
  );
});

test('only the entry reads the command line and the environment', () => {
  // A program that is exported reads its own.
  const readers = files
    .filter(({ path }) => path !== 'src/core/export/typescript.ts')
    .filter(({ text }) => /\bprocess\s*\.\s*(argv|env)\b/.test(text))
    .map(({ path }) => path);
  expect(readers.filter((path) => path !== 'src/cli.ts' && path !== 'src/start.ts')).toEqual([]);
});
