import { expect, test } from 'vitest';
import { isEnvFile, readEnvText } from '../../../src/core/doctor/env-file.ts';

test('every assignment has its line, also one that a later line overrides', () => {
  expect(readEnvText('# a\nA=1\n\n  export A = "2" # two\nB: 3\r\nC=x y\n')).toEqual({
    assignments: [
      { name: 'A', value: '1', line: 2 },
      { name: 'A', value: '2', line: 4 },
      { name: 'B', value: '3', line: 5 },
      { name: 'C', value: 'x y', line: 6 },
    ],
    skipped: [],
  });
});

test('a quoted value may go on over lines, and what stands in it is no setting', () => {
  expect(readEnvText('A="one\nB=2\nthree"\nC=4')).toEqual({
    assignments: [
      { name: 'A', value: 'one\nB=2\nthree', line: 1 },
      { name: 'C', value: '4', line: 4 },
    ],
    skipped: [],
  });
});

test('a quote that is never closed belongs to the value, and the lines after it stand', () => {
  expect(readEnvText(`A='one\nB=2\nC='3`).assignments).toEqual([
    { name: 'A', value: `'one`, line: 1 },
    { name: 'B', value: '2', line: 2 },
    { name: 'C', value: `'3`, line: 3 },
  ]);
});

test('lines that are passed over are named, and those about a key told apart', () => {
  expect(readEnvText('just words\nOPENAI API KEY=x\n$env:OPENAI_API_KEY="x"\nsk-proj-x\n').skipped).toEqual([
    { line: 1, isAboutKey: false },
    { line: 2, isAboutKey: true },
    { line: 3, isAboutKey: true },
    { line: 4, isAboutKey: true },
  ]);
});

test('.env and its kin, but not what is there to be copied', () => {
  const names = [
    '.env',
    '.env.local',
    '.env.production',
    '.env.example',
    '.env.sample',
    '.envrc',
    'env',
    '.env.$(x)',
  ];
  expect(names.filter(isEnvFile)).toEqual(['.env', '.env.local', '.env.production']);
});
