import type { EnvFileView } from './env-files.ts';
import { type Finding, finding, inFile } from './findings.ts';

/** What there is to say about a `.env` as a file of settings. What this program does not read is taken lightly. */
export function judgeSyntax(view: EnvFileView): readonly Finding[] {
  const { name, problem, encoding, skipped } = view;
  const where = inFile(name);
  const level = name === '.env' ? 'wrong' : 'warn';
  if (problem !== null) {
    // Others may name their folders as they like.
    if (name !== '.env') return [];
    const sentence = `.env ${problem}: no key can come from it.`;
    return [finding('env-unreadable', level, where, sentence, 'Check what it is and who may read it.')];
  }
  if (encoding === 'binary' || encoding === 'utf-16') {
    const sentence = `${name} is not plain UTF-8 text (UTF-16, perhaps): nothing in it can be read.`;
    return [finding('env-encoding', level, where, sentence, 'Save it again as UTF-8.')];
  }
  const findings = skipped.map(({ line, isAboutKey }) =>
    finding(
      'env-syntax',
      isAboutKey ? level : 'warn',
      inFile(name, line),
      `${name}, line ${line} is not of the form NAME=value: it is skipped.`,
      isAboutKey ? 'Write OPENAI_API_KEY=, then the key, on one line.' : 'Mend it, or put # in front.',
    ),
  );
  if (encoding === 'utf-8 with a mark') {
    const sentence = `${name} begins with a byte order mark, which not every program skips.`;
    findings.push(finding('env-encoding', 'warn', where, sentence, 'Save it as UTF-8 without BOM.'));
  }
  if (findings.length > 0 || name !== '.env') return findings;
  return [finding('env-syntax', 'ok', where, 'Every line of .env can be read.')];
}

/** Whether others than its owner may read a file with a key in it. Windows keeps that elsewhere. */
export function judgeMode({ name, facts, hasKey }: EnvFileView, platform: NodeJS.Platform): Finding | null {
  if (platform === 'win32' || !hasKey) return null;
  const where = inFile(name);
  const advice = `Run chmod 600 ${name}: then only you may read it.`;
  if (facts.mode & 0o004) {
    const sentence = `Everybody on this machine may read ${name}, with the key in it.`;
    return finding('env-mode', 'wrong', where, sentence, advice);
  }
  if (facts.mode & 0o040) {
    return finding('env-mode', 'warn', where, `Its group may read ${name}, with the key in it.`, advice);
  }
  return finding('env-mode', 'ok', where, `Only you may read ${name}.`);
}
