import { writtenReply } from './replies.ts';
import { callFor, type FunctionCall } from './tool-calls.ts';
import { type ChatRequest, type Message, messageText } from './wire.ts';

/** What the practice model has to say, before any limit cuts it. */
type Answer =
  | { readonly kind: 'text'; readonly text: string; readonly isWithheld?: boolean }
  | { readonly kind: 'call'; readonly call: FunctionCall };

/** A rule looks at the last message and at those before it, and answers or passes. */
type Rule = (prompt: string, earlier: readonly Message[]) => string | null;

const rules: readonly Rule[] = [repeated, earlierAnswer, travelTip, weather];

/** The practice model's answer: written, or worked out from what the request holds. */
export function answer(request: ChatRequest): Answer {
  const { messages } = request;
  const last = messages.at(-1)!;
  if (last.role === 'tool') return { kind: 'text', text: `The function answered: ${messageText(last)}` };

  const asked = messages.findLastIndex(({ role }) => role === 'user');
  const prompt = messageText(messages[asked] ?? last);

  const call = callFor(prompt, request.tools ?? [], request.tool_choice ?? 'auto');
  if (call) return { kind: 'call', call };

  const written = writtenReply(prompt);
  if (written) return { kind: 'text', ...written };

  const earlier = messages.slice(0, Math.max(0, asked));
  for (const rule of rules) {
    const text = rule(prompt, earlier);
    if (text !== null) return { kind: 'text', text };
  }
  return { kind: 'text', text: unwritten(prompt) };
}

/** "Say 'X'" is answered with X, and a mark at its end. */
function repeated(prompt: string): string | null {
  const words = /^\s*say\s+(['"])(.+)\1[.!]?\s*$/is.exec(prompt)?.[2]?.trim();
  if (!words) return null;
  return /[.!?]$/.test(words) ? words : `${words}!`;
}

/** Asked for the answer before, it takes the last figure, or else the last sentence, of the last answer it was sent. */
function earlierAnswer(prompt: string, earlier: readonly Message[]): string | null {
  if (!asksForEarlierAnswer.test(prompt)) return null;
  const before = messageText(earlier.findLast(({ role }) => role === 'assistant') ?? { role: 'assistant' });
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

/** Tips for a place that only the earlier messages name. */
function travelTip(prompt: string, earlier: readonly Message[]): string | null {
  const tip = travelTips.find(({ question }) => question.test(prompt))?.tip;
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
    question: /\bfood\b.*\bthere\b/i,
    tip: 'Try fresh sushi for breakfast near the Tsukiji market.',
  },
  {
    question: /\betiquette\b/i,
    tip: 'Speak softly on trains, and take your shoes off before you enter a home.',
  },
];

function weather(prompt: string): string | null {
  if (!/\b(?:what|how)\b.*\bweather\b/is.test(prompt)) return null;
  return 'I cannot look outside, and no function came with this request that could look for me.';
}

function unwritten(prompt: string): string {
  const words = prompt.trim().split(/\s+/);
  const start = [...words.slice(0, 8).join(' ')].slice(0, 60).join('');
  const about =
    start === '' ? 'an empty message' : `“${start}${start.length < prompt.trim().length ? '…' : ''}”`;
  return `This is the practice server speaking, not a model, and it has no written answer to ${about}. The tokens, limits and chunks around this text are real all the same.`;
}
