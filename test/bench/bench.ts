import { firstFrame, flood, keysAndIdle, memory, type Row, stream } from './rows.ts';
import { openWorld } from './world.ts';

// Measures how fast the built app is, each figure against something of the same run, and says which is over its limit.

function print({ what, measured, against, figure, limit, unit }: Row): boolean {
  const isOver = figure > limit;
  const digits = unit === '×' ? 2 : 0;
  const words = [
    what.padEnd(42),
    measured.padStart(9),
    `  against ${against}`.padEnd(46),
    `${figure.toFixed(digits)}${unit}`.padStart(8),
    `  limit ${limit}${unit}`.padEnd(15),
    isOver ? 'OVER' : 'ok',
  ];
  console.log(words.join(''));
  return isOver;
}

const world = await openWorld();
let over = 0;
try {
  for (const measure of [firstFrame, flood, stream, memory, keysAndIdle]) {
    for (const row of [await measure(world)].flat()) if (print(row)) over++;
  }
} finally {
  world.close();
}
process.exitCode = over > 0 ? 1 : 0;
