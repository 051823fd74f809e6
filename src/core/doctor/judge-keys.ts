import type { CandidateKey, SecretCandidate } from './candidates.ts';
import { type Check, describePlace, type Finding, finding, type Level } from './findings.ts';
import { keyName } from './key-names.ts';
import { isOfOpenai, plausibleLength, providerOf } from './key-shape.ts';
import { faultsOf, peel } from './peel.ts';
import type { Target } from './target.ts';

/** What there is to say about the keys that were found. `target` is where the one in use would go. */
export function judgeKeys(candidates: readonly SecretCandidate[], target: Target | null): readonly Finding[] {
  const used = candidates.find(({ isUsed }) => isUsed);
  const findings = candidates.flatMap((each) => [...judgeValue(each, used), ...judgePlace(each, used)]);
  if (!used) return [noKey, ...findings];
  const shape = judgeShape(used, target);
  const isFine = shape.length === 0 && judgeValue(used, used).length === 0;
  return [...(isFine ? [looksRight(used)] : shape), ...findings];
}

const noKey = finding(
  'key-missing',
  'note',
  null,
  'There is no key to go live with; practice needs none.',
  `To ask OpenAI, put ${keyName}=, then the key, into .env.`,
);

const looksRight = (key: CandidateKey): Finding =>
  about(key, 'key-shape', 'ok', `is the key in use (${key.masked}) and looks as it should.`);

/** A finding whose sentence begins with the name of a key and where it stands. */
function about(
  { name, where }: CandidateKey,
  check: Check,
  level: Level,
  says: string,
  advice: string | null = null,
): Finding {
  return finding(check, level, where, `${name} in ${describePlace(where)} ${says}`, advice);
}

/** What is wrong with the text of a key. What is not used does no harm yet. */
function judgeValue(key: SecretCandidate, used: CandidateKey | undefined): readonly Finding[] {
  if (key.shape === 'empty') {
    return [about(key, 'key-empty', 'warn', 'is empty.', 'Paste a key there, or remove it.')];
  }
  const level = key.isUsed || (key.isRead && !used) ? 'wrong' : 'warn';
  if (key.shape === 'placeholder') {
    const advice = 'Put a real key in its place, or remove it.';
    return [about(key, 'key-placeholder', level, 'is still a placeholder.', advice)];
  }
  return faultsOf(key.value).map(({ check, says, advice }) => about(key, check, level, `${says}.`, advice));
}

/** What is to be said of a key that stands where it is not used. */
function judgePlace(key: SecretCandidate, used: SecretCandidate | undefined): readonly Finding[] {
  const { name, shape, masked, isRead, isUsed } = key;
  if (isUsed || shape === 'empty' || shape === 'placeholder') return [];
  if (name !== keyName) {
    const says = `(${masked}) goes unread: the name that is read is ${keyName}.`;
    return [about(key, 'key-name', 'warn', says, 'Rename it, or remove it.')];
  }
  if (!isRead) {
    const says = `(${masked}) goes unread: this program reads .env alone, as UTF-8.`;
    if (used) return [about(key, 'key-unread', 'note', says)];
    return [about(key, 'key-unread', 'warn', says, 'Put the key into .env or into the environment.')];
  }
  if (!used) return [];
  if (peel(key.value).core === peel(used.value).core) {
    return [about(key, 'key-twice', 'note', 'is the key in use once more.')];
  }
  const wins = used.where.kind === 'environment' ? 'the environment wins' : 'the last line of that name wins';
  return [
    about(
      key,
      'key-shadowed',
      'warn',
      `(${masked}) is another key than the one in use: ${wins}.`,
      `Keep one of the two. In use is ${used.masked} from ${describePlace(used.where)}.`,
    ),
  ];
}

/** Whether the key in use can be of use where it would go. */
function judgeShape(used: SecretCandidate, target: Target | null): readonly Finding[] {
  const { shape } = used;
  if (shape === 'admin') {
    const says = 'is an admin key: completions refuse it, and it manages a whole organisation.';
    const advice = 'Use a key of a project instead, and keep this one elsewhere.';
    return [about(used, 'key-admin', 'wrong', says, advice)];
  }
  if (!target) return [];
  if (target.isOpenai) return judgeForOpenai(used);
  // Another server may have keys of any shape.
  if (!isOfOpenai(shape) || target.isLoopback) return [];
  const says = `is a key of OpenAI, but would go to ${target.host}.`;
  const advice = 'Give that server a key of its own, unless you trust it with this one.';
  return [about(used, 'key-elsewhere', 'warn', says, advice)];
}

function judgeForOpenai(used: SecretCandidate): readonly Finding[] {
  const { core } = peel(used.value);
  switch (used.shape) {
    case 'other provider': {
      const says = `is a key of ${providerOf(core)}, which OpenAI does not know.`;
      const advice = 'Set OPENAI_BASE_URL to that provider, or use a key of OpenAI.';
      return [about(used, 'key-provider', 'wrong', says, advice)];
    }
    case 'practice': {
      const says = 'is a key of practice, which OpenAI does not know.';
      const advice = 'Set OPENAI_BASE_URL to a practice server, or remove the key: practice needs none.';
      return [about(used, 'key-practice', 'wrong', says, advice)];
    }
    case 'unknown': {
      const says = 'does not begin with sk-, as every key of OpenAI does.';
      return [about(used, 'key-shape', 'wrong', says, 'Copy the key again, from its beginning.')];
    }
    default:
      return judgeLength(used, core.length);
  }
}

function judgeLength(used: CandidateKey, length: number): readonly Finding[] {
  const { min, max } = plausibleLength;
  if (length >= min && length <= max) return [];
  const [amount, advice] =
    length < min
      ? ['few', 'Copy it again: its end may be missing.']
      : ['many', 'Copy it again: something may stand behind it.'];
  const says = `has ${length} characters, which is too ${amount} for a key of OpenAI.`;
  return [about(used, 'key-length', 'warn', says, advice)];
}
