import { basename } from 'node:path';
import { openaiBaseURL } from '../api/endpoint.ts';
import { findEndpoint } from '../api/endpoints.ts';
import { findKeys, type KeyReport } from '../api/keys.ts';
import { askEndpoint } from './accepts.ts';
import { type CandidateKey, findCandidates } from './candidates.ts';
import { isEnvFile } from './env-file.ts';
import { type EnvFileView, viewEnvFiles } from './env-files.ts';
import { type Finding, finding } from './findings.ts';
import { aboutGit, type GitView, judgeTracking, viewOfGit } from './git.ts';
import { judgeMode, judgeSyntax } from './judge-env-file.ts';
import { judgeKeys } from './judge-keys.ts';
import { judgeSettings } from './judge-settings.ts';
import { judgeSources } from './judge-sources.ts';
import { peel } from './peel.ts';
import type { Places } from './places.ts';
import { scrub } from './scrub.ts';
import { scanSources } from './source-scan.ts';
import { type Target, targetOf } from './target.ts';
import { isRealKey } from './usable.ts';

/** All that the doctor has to say. There is no secret in it. Its shape stays: programs read it. */
export interface DoctorReport {
  readonly folder: string;
  /** Where requests with the key in use go; null where the base URL is no address. */
  readonly host: string | null;
  /** Whether the endpoint was asked. */
  readonly isAsked: boolean;
  /** Whether nothing is wrong. */
  readonly isHealthy: boolean;
  readonly candidates: readonly CandidateKey[];
  readonly findings: readonly Finding[];
}

/**
 * Looks at every place where a key is, could be, or should not be. Changes nothing, and sends nothing unless
 * `ask` is given: then one `GET /models`.
 */
export async function examine(places: Places): Promise<DoctorReport> {
  const { env, cwd, files } = places;
  const views = await viewEnvFiles(cwd, files);
  const report = readAsProgram(places, views);
  const target = targetOf(report.baseURL?.value ?? openaiBaseURL);
  const candidates = findCandidates(env, views, report.key?.source ?? null);
  const git = await viewOfGit(places.git);
  const scan = await scanSources({
    cwd,
    files,
    clock: places.clock,
    listed: git.kind === 'repository' ? git.files : null,
    // Without git nothing takes a .env further down along either.
    isLeftOut: (file) =>
      views.some(({ name }) => name === file) || (git.kind !== 'repository' && isEnvFile(basename(file))),
  });
  const local = [
    ...judgeKeys(candidates, target),
    ...judgeSettings(report, env, views, target),
    ...(await judgeFiles(places, views, git)),
    ...judgeSources(scan, report.key && peel(report.key.value).core),
  ];
  const asked = places.ask ? await ask(report, target, local, places.ask) : [];
  const findings = [...local, ...asked];
  const secrets = [
    ...report.secrets,
    ...candidates.map(({ value }) => value).filter(isRealKey),
    ...scan.keys.map(({ key }) => key),
  ];
  return scrub(secrets, {
    folder: cwd,
    host: target?.host ?? null,
    isAsked: asked.some(({ check }) => check !== 'endpoint-not-asked'),
    isHealthy: findings.every(({ level }) => level !== 'wrong'),
    candidates: candidates.map(({ value, ...shown }) => shown),
    findings,
  });
}

/** What the rest of the program makes of the same places. */
function readAsProgram({ env, cwd }: Places, views: readonly EnvFileView[]): KeyReport {
  const own = views.find(({ name }) => name === '.env');
  return findKeys({
    env,
    cwd,
    readFile: () => {
      if (!own?.bytes) throw Object.assign(new Error('no file'), { code: 'ENOENT' });
      return Buffer.from(own.bytes).toString('utf8');
    },
  });
}

async function judgeFiles(
  places: Places,
  views: readonly EnvFileView[],
  git: GitView,
): Promise<readonly Finding[]> {
  const findings: Finding[] = views.flatMap(judgeSyntax);
  const general = aboutGit(git);
  if (general) findings.push(general);
  for (const view of views) {
    // The kin of .env are often meant to be shared, as long as there is no key in them.
    if (git.kind === 'repository' && (view.hasKey || view.name === '.env')) {
      findings.push(await judgeTracking(places.git, view.name, view.hasKey));
    }
    const mode = judgeMode(view, places.platform);
    if (mode) findings.push(mode);
  }
  return findings;
}

/** Asks the endpoint, unless there is nothing to ask with or asking would itself give the key away. */
async function ask(
  report: KeyReport,
  target: Target | null,
  local: readonly Finding[],
  how: NonNullable<Places['ask']>,
): Promise<readonly Finding[]> {
  const notAsked = (why: string) => [
    finding('endpoint-not-asked', 'note', null, `The endpoint was not asked: ${why}.`),
  ];
  if (!report.key) return notAsked('there is no key to ask with');
  if (!target) return notAsked('its address is none');
  if (local.some(({ check }) => check === 'url-password')) {
    return notAsked('its address has a password in it');
  }
  if (local.some(({ check, level }) => check === 'url-clear-text' && level === 'wrong')) {
    return notAsked('the key would travel in the clear');
  }
  return [await askEndpoint(findEndpoint('openai', report, []), target.host, how)];
}
