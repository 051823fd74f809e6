import { describePlace, type Finding, finding, inFile } from './findings.ts';
import { type SourceScan, scanLimits } from './source-scan.ts';

/** Places that are listed one by one. */
const mostPlaces = 20;

const advice =
  'Read it from the environment instead, and revoke it if this file was ever shared: a committed key counts as leaked.';

/** What there is to say about keys in the folder's other files. `used` is the key in use. */
export function judgeSources(
  { keys, files, stoppedBy }: SourceScan,
  used: string | null,
): readonly Finding[] {
  const findings = keys.slice(0, mostPlaces).map(({ file, line, key }) => {
    const where = inFile(file, line);
    const whose = key === used ? 'The key in use' : 'A key';
    return finding('source-key', 'wrong', where, `${whose} lies in ${describePlace(where)}.`, advice);
  });
  const more = keys.length - mostPlaces;
  if (more > 0) {
    const lie = more === 1 ? 'A key lies in 1 more place' : `Keys lie in ${more} more places`;
    findings.push(finding('source-key', 'wrong', null, `${lie}.`, advice));
  }
  const looked = files === 1 ? '1 file' : `${files} files`;
  if (stoppedBy !== null) {
    const limit = stoppedBy === 'ms' ? `${scanLimits.ms / 1000} seconds were up` : 'more would take long';
    const sentence = `Only ${looked} were looked through for keys, since ${limit}.`;
    findings.push(finding('source-partly', 'note', null, sentence));
  } else if (keys.length === 0) {
    const sentence = `No key lies in the folder's other files (${looked} looked through).`;
    findings.push(finding('source-key', 'ok', null, sentence));
  }
  return findings;
}
