import type { Random } from '../random.ts';
import { type ChatRequest, type FinishReason, type Message, messageText, toolName } from '../wire.ts';
import { jsonFor } from './json-answer.ts';
import { type WrittenReply, writtenReply } from './replies.ts';
import { type Call, callsFor } from './tool-calls.ts';

/** What the practice model has to say, before any limit cuts it. */
export type Answer =
  | {
      readonly kind: 'calls';
      readonly calls: readonly Call[];
      /** How it ends, unless a limit cuts it. */
      readonly finishReason: FinishReason;
    }
  | {
      readonly kind: 'text';
      /** The text that the model prefers, or null where it speaks freely. */
      readonly text: string | null;
      /** Nothing else may be said, as where the answer must parse. */
      readonly isExact?: boolean;
      /** It breaks off where the content filter stepped in. */
      readonly isWithheld?: boolean;
      /** It goes into `refusal` and not into `content`. */
      readonly isRefusal?: boolean;
    };

/** A rule looks at the last message and at those before it, and answers or passes. */
type Rule = (prompt: string, earlier: readonly Message[]) => string | null;

const rules: readonly Rule[] = [dictated, repeated, earlierAnswer, nameOfUser, travelTip, weather];

/** Whoever asks more at once is answered by its beginning, in characters. */
const longestPrompt = 20_000;

/** What the user asked last. */
export function promptOf({ messages }: Pick<ChatRequest, 'messages'>): string {
  const asked = messages.findLast(({ role }) => role === 'user') ?? messages.at(-1);
  return asked ? messageText(asked).slice(0, longestPrompt) : '';
}

/** The practice model's answer: written, worked out from what the request holds, or left to the sampler. */
export function answer(request: ChatRequest, random: Random): Answer {
  const { messages, response_format } = request;
  const prompt = promptOf(request);
  const format = response_format?.type ?? 'text';
  const isAnswered = isResult(messages.at(-1)!);

  const calls = callsFor(prompt, request, isAnswered, random);
  if (calls.length > 0) return { kind: 'calls', calls, finishReason: callReason(request) };

  const written = writtenReply(prompt);
  if (written?.isRefused && format !== 'json_object') return refused(written, format);
  if (format !== 'text') return { kind: 'text', text: jsonFor(request, prompt, random), isExact: true };
  if (isAnswered) return { kind: 'text', text: retold(messages) };
  if (written) return { kind: 'text', ...written };

  const earlier = messages.slice(
    0,
    Math.max(
      0,
      messages.findLastIndex(({ role }) => role === 'user'),
    ),
  );
  for (const rule of rules) {
    const text = rule(prompt, earlier);
    if (text !== null) return { kind: 'text', text };
  }
  return { kind: 'text', text: null };
}

/** A function that was named from the start is no decision of the model's, and ends with `stop` (measured live, 2025-09). */
function callReason({ tools, tool_choice }: ChatRequest): FinishReason {
  if (!tools) return 'function_call';
  const isNamed =
    typeof tool_choice === 'object' && tool_choice !== null && tool_choice.type !== 'allowed_tools';
  return isNamed ? 'stop' : 'tool_calls';
}

/** A refusal has a field of its own only where the answer had to fit a schema: there its text would not. */
const refused = ({ text }: WrittenReply, format: string): Answer => ({
  kind: 'text',
  text,
  isRefusal: format === 'json_schema',
});

const isResult = ({ role }: Message): boolean => role === 'tool' || role === 'function';

/** What the tools answered, each by its name. */
function retold(messages: readonly Message[]): string {
  const from = messages.findLastIndex((message) => !isResult(message)) + 1;
  const names = new Map(
    messages.flatMap(({ tool_calls }) =>
      (tool_calls ?? []).map((call) => [call.id, toolName(call)] as const),
    ),
  );
  const results = messages.slice(from).map((message) => ({
    name: names.get(message.tool_call_id ?? '') ?? message.name ?? 'The function',
    text: messageText(message).trim() || 'nothing',
  }));
  return results.map(({ name, text }) => `${name} answered: ${text}`).join('\n');
}

/** "Say exactly X" is answered with X to the letter. */
function dictated(prompt: string): string | null {
  const given = /^\s*(?:say|reply with|answer with|repeat) (?:exactly|only):?\s+(.+)$/is
    .exec(prompt)?.[1]
    ?.trim();
  return given ? (/^(['"])(.+)\1\.?$/s.exec(given)?.[2] ?? given) : null;
}

/** "Say 'X'" is answered with X and a mark, "Say this is a test" with a sentence of it. */
function repeated(prompt: string): string | null {
  const said = /^\s*say\s+(.+)$/is.exec(prompt)?.[1]?.trim();
  if (!said || said.length > 1000) return null;
  const quoted = /^(['"])((?:(?!\1).)+)\1[.!]?$/s.exec(said)?.[2]?.trim();
  if (quoted) return /[\p{L}\p{N}]$/u.test(quoted) ? `${quoted}!` : quoted;
  if (/['"\n]/.test(said)) return null;
  return `${said[0]!.toUpperCase()}${said.slice(1).replace(/[.!?]$/, '')}.`;
}

/** Asked for the answer before, it takes the last figure, or else the last sentence, of the last answer it was sent. */
function earlierAnswer(prompt: string, earlier: readonly Message[]): string | null {
  if (!asksForEarlierAnswer.test(prompt)) return null;
  const before = messageText(earlier.findLast(({ role }) => role === 'assistant') ?? {});
  if (before.trim() === '') {
    return 'I cannot know that: no earlier answer of mine was sent with this request, and nothing is kept between two requests.';
  }
  const figure = before
    .match(/-?\d+(?:[.,]\d+)*\s?%?/g)
    ?.at(-1)
    ?.trim();
  return figure
    ? `The answer given before was ${figure}.`
    : `The answer given before was: ${lastSentence(before)}`;
}

const asksForEarlierAnswer =
  /\b(?:previous|previously|earlier|last|prior)\W+(?:\w+\W+)?(?:answer|reply|response|result)\b|\bwhat (?:did|have) you (?:just )?(?:say|said|answer|answered)\b/i;

const lastSentence = (text: string): string =>
  text
    .trim()
    .split(/(?<=[.!?])\s+/)
    .at(-1) ?? text;

/** The name that the user gave in an earlier message. */
function nameOfUser(prompt: string, earlier: readonly Message[]): string | null {
  if (!/\b(?:what is|what's|what was) my name\b|\bwho am i\b/i.test(prompt)) return null;
  const name = earlier
    .filter(({ role }) => role === 'user')
    .map((message) => /\b(?:my name is|call me)\s+(\p{L}[\p{L}'-]*)/iu.exec(messageText(message))?.[1])
    .findLast((found) => found !== undefined);
  return name
    ? `Your name is ${name}.`
    : 'I cannot know your name: no earlier message of this request gives it, and nothing is kept between two requests.';
}

/** Tips for a place that only the earlier messages name. */
function travelTip(prompt: string, earlier: readonly Message[]): string | null {
  const tip = travelTips.find(({ isAsked }) => isAsked(prompt))?.tip;
  if (!tip) return null;
  const place = earlier
    .filter(({ role }) => role === 'user')
    .map(
      (message) =>
        /\b(?:visiting|going to|travelling to|traveling to|trip to|in)\s+(\p{Lu}[\p{L}-]+)/u.exec(
          messageText(message),
        )?.[1],
    )
    .findLast((name) => name !== undefined);
  if (place === undefined) {
    return 'I cannot know where you are: no earlier message of this request names a place, and nothing is kept between two requests.';
  }
  if (place === 'Tokyo') return tip;
  return `You are asking about ${place}, as an earlier message says, but this practice server has tips for Tokyo only.`;
}

const travelTips = [
  {
    isAsked: (prompt: string) => hasInOrder(prompt, /\bfood\b/i, /\bthere\b/i),
    tip: 'Try fresh sushi for breakfast near the Tsukiji market.',
  },
  {
    isAsked: (prompt: string) => /\betiquette\b/i.test(prompt),
    tip: 'Speak softly on trains, and take your shoes off before you enter a home.',
  },
];

function weather(prompt: string): string | null {
  if (!hasInOrder(prompt, /\b(?:what|how)\b/i, /\bweather\b/i)) return null;
  return 'I cannot look outside, and no function came with this request that could look for me.';
}

/** Whether one word comes after another. (One pattern for both would try every pair of places.) */
function hasInOrder(text: string, first: RegExp, second: RegExp): boolean {
  const at = text.search(first);
  return at >= 0 && second.test(text.slice(at));
}
