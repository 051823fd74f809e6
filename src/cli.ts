#!/usr/bin/env node
import module from 'node:module';

// Nothing modern may be imported before the version is known: an old Node would stop at its syntax.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`first-token needs Node 22.12 or newer; this is ${process.version}.\n`);
  process.exitCode = 1;
} else {
  module.enableCompileCache();
  const { start } = await import('./start.ts');
  await start(process.argv.slice(2), process.env);
}
