import { type InputOptions, type OutputOptions, rolldown } from 'rolldown';
import config from '../../rolldown.config.ts';

/** What of the app's configuration makes a bundle of it; the rest of the plugins changes Ink itself. */
const bundling = new Set(['stub-unused']);

/** Bundles programs into a folder as the app is: minified, for production, with a file for what they share. */
export async function bundle(input: Readonly<Record<string, string>>, folder: string): Promise<void> {
  const { output, plugins, transform, ...options } = config as InputOptions & { output: OutputOptions };
  const kept = [plugins].flat().filter((plugin) => plugin && 'name' in plugin && bundling.has(plugin.name));
  const { inject: _, ...plain } = transform ?? {};
  const build = await rolldown({ ...options, transform: plain, input, plugins: kept });
  await build.write({ ...output, dir: folder });
  await build.close();
}
