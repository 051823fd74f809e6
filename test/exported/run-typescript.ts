import { writeFileSync } from 'node:fs';
import type { Ended } from './programs.ts';

// Runs programs one after the other in one process, each as `node request.ts` would.
// node run-typescript.ts RESULTS PROGRAM...

const [, , results = '', ...files] = process.argv;

let printed = '';
process.stdout.write = (piece) => {
  printed += piece;
  return true;
};

const ended: Ended[] = [];
for (const file of files) {
  let threw = '';
  try {
    await import(file);
  } catch (thrown) {
    const error = thrown as Error;
    threw = `${error.constructor.name}: ${error.message}`;
  }
  ended.push({ threw, printed });
  printed = '';
}
writeFileSync(results, JSON.stringify(ended));
