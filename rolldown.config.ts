import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'rolldown';

/** Never called here: React's developer tools. */
const unused = /^react-devtools-core$/;

const ours = (name: string) => fileURLToPath(new URL(`./src/components/${name}.ts`, import.meta.url));
const ourStringWidth = ours('string-width');
const ourOutput = ours('ink-output');

export default defineConfig({
  input: { cli: 'src/cli.ts', 'practice-worker': 'src/core/practice/worker.ts' },
  platform: 'node',
  // It brings programs of its own for some systems, and finds them beside itself.
  external: ['clipboardy'],
  transform: {
    define: { 'process.env.NODE_ENV': '"production"' },
    inject: { 'Intl.Segmenter': [ours('late-segmenter'), 'LateSegmenter'] },
  },
  plugins: [
    {
      name: 'clean',
      buildStart: () => rmSync('dist', { recursive: true, force: true }),
    },
    {
      name: 'remember-widths',
      resolveId: {
        filter: { id: /^string-width$/ },
        // Everyone gets ours, which alone gets the real one.
        handler: (_, importer) => (importer === ourStringWidth ? null : ourStringWidth),
      },
    },
    {
      name: 'keep-rows',
      resolveId: {
        filter: { id: /^\.\/output\.js$/ },
        handler: (_, importer) => (importer?.endsWith('ink/build/renderer.js') ? ourOutput : null),
      },
    },
    {
      // Its layout engine lies in the bundle as text; to fetch it from there would load the whole HTTP stack first.
      name: 'yoga-without-fetch',
      transform: {
        filter: { id: /yoga-wasm-base64-esm\.js$/ },
        handler: (code) => code.replaceAll('"function"!=typeof fetch', 'true'),
      },
    },
    {
      name: 'stub-unused',
      resolveId: { filter: { id: unused }, handler: (id) => `\0stub:${id}` },
      load: {
        filter: { id: /^\0stub:/ },
        handler: () => 'export default undefined;',
      },
    },
  ],
  output: {
    dir: 'dist',
    format: 'esm',
    // Class names are kept: the SDK signs its requests with the name of its class, and learners read those of its errors.
    minify: {
      mangle: { keepNames: { class: true, function: false } },
      compress: { keepNames: { class: true, function: false } },
    },
    // What several parts share lies in one file: each file more takes the first frame a third of a millisecond.
    codeSplitting: { groups: [{ name: 'shared', test: /[\\/]src[\\/]/, minShareCount: 2 }] },
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  },
});
