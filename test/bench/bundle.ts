import { type InputOptions, type OutputOptions, rolldown } from 'rolldown';
import config from '../../rolldown.config.ts';

/** Bundles programs into a folder, just as the app is. */
export async function bundle(input: Readonly<Record<string, string>>, folder: string): Promise<void> {
  const { output, plugins, ...options } = config as InputOptions & { output: OutputOptions };
  const kept = [plugins].flat().filter((plugin) => !(plugin && 'name' in plugin && plugin.name === 'clean'));
  const build = await rolldown({ ...options, input, plugins: kept });
  await build.write({ ...output, dir: folder });
  await build.close();
}
