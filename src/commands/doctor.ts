import type { CandidateKey } from '../core/doctor/candidates.ts';
import { type DoctorReport, examine } from '../core/doctor/examine.ts';
import { describePlace, type Finding, type Level } from '../core/doctor/findings.ts';
import { keyName } from '../core/doctor/key-names.ts';
import { thisMachine } from '../core/doctor/this-machine.ts';
import { jsonLine, visible } from '../core/visible.ts';
import { type CommandContext, type ExitCode, exitCode } from './context.ts';
import type { Meaning, Paint } from './paint.ts';
import { hanging, table, wrap } from './text.ts';

export interface DoctorOptions {
  readonly isJson: boolean;
  /** Whether to ask the endpoint too. */
  readonly isCheck: boolean;
}

/** What is looked at. */
export interface DoctorPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** Looks at the learner's keys and prints what there is to say, as text or as one JSON object. */
export async function doctor(
  { print, warn, paint, columns, clock, signal }: CommandContext,
  { isJson, isCheck }: DoctorOptions,
  { env, cwd }: DoctorPlace,
): Promise<ExitCode> {
  const ask = isCheck ? { fetch: globalThis.fetch, signal } : null;
  const report = await examine({ ...thisMachine(env, cwd), clock, ask });
  if (signal.aborted) {
    warn('Stopped before all was looked at.');
    return exitCode.interrupted;
  }
  print(isJson ? `${jsonLine(report)}\n` : reportText(report, columns, paint));
  return report.isHealthy ? exitCode.fine : exitCode.failed;
}

function reportText(report: DoctorReport, width: number, paint: Paint): string {
  return [
    paint('title', 'Key doctor'),
    ...wrap(`for ${visible(report.folder.replaceAll('\n', '␊'))}`, width),
    '',
    ...(report.candidates.length > 0 ? [candidateTable(report.candidates, width), ''] : []),
    ...findingLines(report.findings, width, paint),
    '',
    verdict(report.findings, paint),
    '',
  ].join('\n');
}

function candidateTable(candidates: readonly CandidateKey[], width: number): string {
  const rows = candidates.map(({ name, where, masked, length, shape, isUsed, isRead }) => [
    visible(masked),
    String(length),
    shape,
    isUsed ? 'in use' : isRead ? 'not used' : 'not read',
    visible(name === keyName ? describePlace(where) : `${describePlace(where)}, as ${name}`),
  ]);
  return table({ head: ['key', 'length', 'kind', 'use', 'where'], rows }, width, [1]);
}

const marks: Readonly<Record<Level, { readonly mark: string; readonly meaning: Meaning }>> = {
  ok: { mark: '✓ ok', meaning: 'ok' },
  note: { mark: '· note', meaning: 'muted' },
  warn: { mark: '! warning', meaning: 'warn' },
  wrong: { mark: '✗ wrong', meaning: 'error' },
};

/** Where the sentences begin, and beneath them the advice, a little further in. */
const markWidth = 11;

function findingLines(findings: readonly Finding[], width: number, paint: Paint): readonly string[] {
  return findings.flatMap(({ level, sentence, advice }, index) => {
    const { mark, meaning } = marks[level];
    const said = hanging(mark, visible(sentence), markWidth, width);
    const line = paint(meaning, mark) + said.slice(mark.length);
    // Once is enough for a row of the same.
    if (advice === null || advice === findings[index + 1]?.advice) return [line];
    return [line, hanging('', visible(advice), markWidth + 2, width)];
  });
}

function verdict(findings: readonly Finding[], paint: Paint): string {
  const count = (level: Level) => findings.filter((each) => each.level === level).length;
  const wrong = count('wrong');
  const warnings = count('warn');
  const looks = warnings === 1 ? '1 warning' : `${warnings} warnings`;
  const also = warnings > 0 ? `, and there ${warnings === 1 ? 'is' : 'are'} ${looks}` : '';
  if (wrong === 0) return paint('ok', `Nothing is wrong${also}.`);
  return paint('error', `${wrong === 1 ? '1 thing is' : `${wrong} things are`} wrong${also}.`);
}
