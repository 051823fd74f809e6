import { execFileSync } from 'node:child_process';
import * as nodeFs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SaveFs, saveProgram } from '../../../src/core/export/save.ts';

let folder: string;
beforeEach(() => {
  folder = nodeFs.mkdtempSync(join(tmpdir(), 'save-'));
});
afterEach(() => nodeFs.rmSync(folder, { recursive: true }));

const read = (name: string) => nodeFs.readFileSync(join(folder, name), 'utf8');
const modeOf = (name: string) => (nodeFs.statSync(join(folder, name)).mode & 0o777).toString(8);

/** The file system, of which one function fails with a system's error. */
const failing = (name: keyof SaveFs, code: string): SaveFs => ({
  ...nodeFs,
  [name]: () => {
    throw Object.assign(new Error(`${code}: it failed`), { code });
  },
});

test('a program is saved as it is shown, by the name of its language', () => {
  expect(saveProgram('print("é 🦜")', 'python', folder)).toBe('request.py');
  expect(read('request.py')).toBe('print("é 🦜")\n');
  expect(saveProgram('await 1;', 'typescript', folder)).toBe('request.ts');
  expect(nodeFs.readdirSync(folder)).toEqual(['request.py', 'request.ts']);
});

test('a curl command is a script that runs', () => {
  const name = saveProgram("printf '%s' run", 'curl', folder);
  expect(name).toBe('request.sh');
  expect(modeOf(name)).toBe('755');
  expect(execFileSync(join(folder, name), { encoding: 'utf8' })).toBe('run');
  expect(modeOf(saveProgram('', 'python', folder))).toBe('644');
});

test('no file is ever written over, not even one behind a link that leads nowhere', () => {
  nodeFs.writeFileSync(join(folder, 'request.ts'), 'mine');
  nodeFs.symlinkSync('nowhere', join(folder, 'request-2.ts'));
  nodeFs.mkdirSync(join(folder, 'request-3.ts'));
  expect(saveProgram('a', 'typescript', folder)).toBe('request-4.ts');
  expect(saveProgram('b', 'typescript', folder)).toBe('request-5.ts');
  expect([read('request.ts'), read('request-4.ts'), read('request-5.ts')]).toEqual(['mine', 'a\n', 'b\n']);
  expect(nodeFs.existsSync(join(folder, 'nowhere'))).toBe(false);
});

describe('what cannot be saved is said in a sentence, and leaves nothing behind', () => {
  test('a folder that is not there', () => {
    const gone = join(folder, 'gone');
    expect(() => saveProgram('a', 'python', gone)).toThrow(
      new Error(`The program cannot be saved in ${gone}: it does not exist.`),
    );
  });

  test('a file in the place of the folder', () => {
    nodeFs.writeFileSync(join(folder, 'file'), '');
    expect(() => saveProgram('a', 'python', join(folder, 'file'))).toThrow(': it is no folder.');
  });

  test.each([
    ['writeFileSync', 'EACCES', 'you may not write there'],
    ['writeFileSync', 'EROFS', 'it can only be read'],
    ['renameSync', 'ENOSPC', 'the disk is full'],
    ['renameSync', 'EIO', 'EIO'],
  ] as const)('%s fails with %s', (name, code, reason) => {
    expect(() => saveProgram('a', 'python', folder, failing(name, code))).toThrow(
      new Error(`The program cannot be saved in ${folder}: ${reason}.`),
    );
    expect(nodeFs.readdirSync(folder)).toEqual([]);
  });

  test('a disk that fills up in the middle', () => {
    const fs: SaveFs = {
      ...nodeFs,
      writeFileSync: (path, text, options) => {
        nodeFs.writeFileSync(path, String(text).slice(0, 1), options);
        if (text !== '') throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      },
    };
    expect(() => saveProgram('abc', 'python', folder, fs)).toThrow('the disk is full');
    expect(nodeFs.readdirSync(folder)).toEqual([]);
  });
});
