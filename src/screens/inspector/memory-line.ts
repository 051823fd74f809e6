import { type Line, line } from '../../components/line.ts';
import { formatBytes } from '../../core/run/figures.ts';

/** What the program keeps in memory, and how much that takes. */
export interface MemoryUse {
  /** Bytes from the wire that the run holds, of all its requests. */
  readonly wireBytes: number;
  readonly programBytes: number;
  /** So many runs of a sitting are kept at most. */
  readonly keptRuns: number;
}

/** The same in a row, in shorter words where there is little room. */
export function memoryLine({ wireBytes, programBytes, keptRuns }: MemoryUse, width: number): Line {
  const [wire, program] = [formatBytes(wireBytes), formatBytes(programBytes)];
  const said = `memory: ${wire} from the wire, the program ${program}; the last ${keptRuns} runs are kept`;
  const short = `memory: wire ${wire}, program ${program}; last ${keptRuns} runs kept`;
  return line(said.length <= width ? said : short, 'muted');
}
