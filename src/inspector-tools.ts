import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { unreadable } from './commands/input.ts';
import type { Clock } from './core/clock.ts';
import { markdownOf } from './core/export/report-markdown.ts';
import { svgOf } from './core/export/report-svg.ts';
import type { Redactor } from './core/mask.ts';
import { openRun } from './core/run/open-run.ts';
import { saveRecording } from './core/run/recording-save.ts';
import { quote } from './core/visible.ts';
import type { InspectorTools } from './screens/inspector/inspector-tools.ts';

/** The world as the inspector uses it: files in the working folder. */
export const inspectorTools = (clock: Clock, redact: Redactor, cwd: string): InspectorTools => {
  /** A name that tells the run and when it was looked at, to the second. */
  const nameOf = (id: string, extension: string): string => {
    const time = new Date(clock.wallMs()).toISOString().slice(0, 19).replace(/[T:]/g, '-');
    // What was brought back from a file has such a name already.
    const name = basename(id)
      .replace(/\.(jsonl|json|har|sse|txt|log)$/i, '')
      .replace(/(-\d\d+){6}$/, '')
      .replace(/[^\w-]+/g, '-');
    return `${name || 'run'}-${time}.${extension}`;
  };
  const trying = (name: string, save: () => void): string => {
    try {
      save();
      return `Saved as ${name} in this folder.`;
    } catch (error) {
      return (error as Error).message;
    }
  };
  return {
    clock,
    residentBytes: process.memoryUsage.rss,
    saveRun: ({ events }, id) => {
      const name = nameOf(id, 'jsonl');
      return trying(name, () => saveRecording(events, join(cwd, name), redact));
    },
    saveReport: (log, step, id, form) => {
      const name = nameOf(id, form === 'markdown' ? 'md' : 'svg');
      const text = form === 'markdown' ? markdownOf(log, step) : svgOf(log, step);
      return trying(name, () => writeFileSync(join(cwd, name), redact.text(text), { flag: 'wx' }));
    },
    openRun: async (path) => {
      try {
        return openRun(await readFile(resolve(cwd, path)), basename(path), redact);
      } catch (error) {
        return { events: [], problems: [unreadable(quote(path), error)], notes: [] };
      }
    },
  };
};
