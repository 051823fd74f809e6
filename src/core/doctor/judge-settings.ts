import type { KeyReport, Setting, SettingSource } from '../api/keys.ts';
import type { EnvFileView } from './env-files.ts';
import { describePlace, environment, type Finding, finding, inFile, type Place } from './findings.ts';
import { isOfOpenai, shapeOf } from './key-shape.ts';
import { peel } from './peel.ts';
import { looksReal } from './real-keys.ts';
import type { Target } from './target.ts';

/** What there is to say about the base URL and about the ids of organisation and project. No value is quoted. */
export function judgeSettings(
  report: KeyReport,
  env: Readonly<Record<string, string | undefined>>,
  views: readonly EnvFileView[],
  target: Target | null,
): readonly Finding[] {
  const { key, baseURL, organization, project } = report;
  const findings: Finding[] = [];
  if (baseURL)
    findings.push(...judgeURL(read('OPENAI_BASE_URL', baseURL, env, views), target, key?.value ?? null));
  if (findings.length === 0 && target && key) {
    const where = baseURL ? placeOf(baseURL.source) : null;
    findings.push(finding('url', 'ok', where, `Requests with this key go to ${target.host}.`));
  }
  if (organization)
    findings.push(...judgeId(read('OPENAI_ORG_ID', organization, env, views), 'org-', target));
  if (project) findings.push(...judgeId(read('OPENAI_PROJECT_ID', project, env, views), 'proj_', target));
  return findings;
}

interface ReadSetting {
  /** The name and where it stands. */
  readonly what: string;
  /** As written, with the white space around it. */
  readonly value: string;
  readonly where: Place;
}

const placeOf = (source: SettingSource): Place =>
  source.kind === 'environment' ? environment : inFile('.env', source.line);

function read(
  name: string,
  { value, source }: Setting,
  env: Readonly<Record<string, string | undefined>>,
  views: readonly EnvFileView[],
): ReadSetting {
  const where = placeOf(source);
  const own = views.find(({ isRead }) => isRead)?.assignments ?? [];
  const raw =
    source.kind === 'environment'
      ? env[name]
      : own.find((each) => each.name === name && each.line === source.line)?.value;
  return { what: `${name} in ${describePlace(where)}`, value: raw ?? value, where };
}

function judgeURL(setting: ReadSetting, target: Target | null, key: string | null): readonly Finding[] {
  const { what, value, where } = setting;
  const { core, faults } = peel(value);
  const fault = faults.find(({ check }) => check !== 'key-space-around');
  if (fault || !target) {
    const advice = 'It should look like https://api.openai.com/v1, and nothing else.';
    return [finding('url-invalid', 'wrong', where, `${what} ${fault?.says ?? 'is no address'}.`, advice)];
  }
  const url = new URL(core);
  const findings: Finding[] = [];
  if (faults.length > 0) {
    const advice = 'Remove it: this program leaves it out, others may not.';
    findings.push(finding('url-invalid', 'warn', where, `${what} has white space around it.`, advice));
  }
  if (url.username || url.password) {
    const sentence = `${what} has a name or a password in it, with which nothing can be sent.`;
    const advice = 'Take it out: the key is what authenticates.';
    findings.push(finding('url-password', 'wrong', where, sentence, advice));
  }
  findings.push(...judgePath(setting, url, target));
  if (!target.isEncrypted && !target.isLoopback) {
    const isWorthStealing = key !== null && (isOfOpenai(shapeOf(key)) || looksReal(key));
    const level = isWorthStealing || target.isOpenai ? 'wrong' : 'warn';
    const sentence = `${what} begins with http:, so the key would travel to ${target.host} in the clear.`;
    const advice = 'Use https:, or give that server a key that is worth nothing elsewhere.';
    findings.push(finding('url-clear-text', level, where, sentence, advice));
  }
  return findings;
}

function judgePath({ what, where }: ReadSetting, url: URL, { isOpenai }: Target): readonly Finding[] {
  const path = url.pathname.replace(/\/+$/, '');
  if (/\/(chat\/)?completions$|\/models$/.test(path)) {
    const sentence = `${what} goes too far: the SDK adds what comes after /v1 itself.`;
    return [finding('url-path', 'wrong', where, sentence, 'End it with /v1.')];
  }
  if (isOpenai ? path === '/v1' : path !== '') return [];
  const level = isOpenai ? 'wrong' : 'warn';
  const why = isOpenai ? 'where OpenAI listens' : 'as most servers want it';
  return [finding('url-path', level, where, `${what} does not end with /v1, ${why}.`, 'Add /v1 at its end.')];
}

/** Ids are sent as headers. Other servers than OpenAI ignore them, or have their own. */
function judgeId(
  { what, value, where }: ReadSetting,
  prefix: string,
  target: Target | null,
): readonly Finding[] {
  const { core, faults } = peel(value);
  const advice = `It should be ${prefix} and what follows it on the settings page, and nothing else.`;
  const fault = faults.find(({ check }) => check !== 'key-space-around');
  if (fault) return [finding('account-id', 'wrong', where, `${what} ${fault.says}.`, advice)];
  if (!target?.isOpenai || core.startsWith(prefix)) return [];
  return [finding('account-id', 'warn', where, `${what} does not begin with ${prefix}.`, advice)];
}
