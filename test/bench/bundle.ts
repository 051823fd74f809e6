import { type InputOptions, type OutputOptions, rolldown } from 'rolldown';
import config from '../../rolldown.config.ts';

/**
 * Bundles programs into a folder with the options of the app, but with Ink as it comes: what the app's bundle replaces
 * in it is part of what is measured.
 */
export async function bundle(input: Readonly<Record<string, string>>, folder: string): Promise<void> {
  const { output, plugins, ...options } = config as InputOptions & { output: OutputOptions };
  const kept = [plugins]
    .flat()
    .filter((plugin) => !(plugin && 'name' in plugin && plugin.name !== 'stub-unused'));
  const build = await rolldown({ ...options, input, plugins: kept });
  await build.write({ ...output, dir: folder });
  await build.close();
}
