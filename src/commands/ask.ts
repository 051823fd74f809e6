import type { Step } from '../core/lessons/types.ts';
import { readingOf } from '../core/run/chunk-in-bytes.ts';
import type { RunEvent } from '../core/run/events.ts';
import { failureOf } from '../core/run/failure.ts';
import { read } from '../core/run/reading.ts';
import { portable } from '../core/run/recording.ts';
import type { ChatBody } from '../core/run/request.ts';
import { limitName } from '../core/sandbox/answer-limit.ts';
import { jsonLine, visible } from '../core/visible.ts';
import { askExit } from './ask-exit.ts';
import { type PromptInput, readPrompt } from './ask-prompt.ts';
import { askReport } from './ask-report.ts';
import { AnswerText } from './ask-text.ts';
import { type CommandContext, exitCode, keptServers } from './context.ts';
import { HeldText } from './held-text.ts';
import { expectRun, keepRun } from './record.ts';
import { createRunner, type RunOptions } from './run-experiment.ts';

export interface AskOptions {
  /** The words of the command line; `-` stands for standard input. */
  readonly prompt: readonly string[];
  readonly system: string | null;
  /** Null for the one that is kept for the server, or else that of the lessons. */
  readonly model: string | null;
  readonly maxTokens: number | null;
  readonly temperature: number | null;
  readonly isStream: boolean;
  readonly output: 'text' | 'json' | 'raw';
}

/** The ends of the pipe that `ask` stands in. */
export interface Pipe {
  readonly input: PromptInput;
  /** Whether standard output is a terminal, which must not obey what a server sends. */
  readonly isTerminal: boolean;
  readonly writeBytes: (bytes: Uint8Array) => void;
}

/** Asks one thing: the answer to standard output as it comes, everything else to standard error. */
export async function ask(
  context: CommandContext,
  { prompt: words, record, ...options }: AskOptions & RunOptions & { readonly record: string | null },
  pipe: Pipe,
): Promise<number> {
  const { signal, warn } = context;
  if (record !== null) expectRun(record, context);
  const { servers, notice } = await keptServers(context, options);
  if (notice) warn(notice);
  const runner = createRunner(context, { ...options, isJson: options.output === 'json' }, servers);
  try {
    const prompt = await readPrompt(words, pipe.input, context);
    if (prompt === null) {
      warn('Stopped before anything was sent.');
      return exitCode.interrupted;
    }
    const body = bodyOf({ ...options, model: options.model ?? runner.model }, prompt);
    const step: Step = { id: 'ask', label: 'ask', request: { kind: 'chat', body } };
    const printer = createPrinter(options.output, context, pipe);
    const log = await runner.run({ id: 'ask', steps: [step] }, printer.show);
    printer.end();
    for (const line of askReport(log, printer.text, context)) warn(line);
    const isKept = record === null || keepRun(log.events, record, context);
    const [asked] = log.summary.steps;
    if (signal.aborted || !asked) return exitCode.interrupted;
    const failure = failureOf(asked);
    if (failure !== null) return askExit[failure].code;
    return isKept ? exitCode.fine : exitCode.failed;
  } finally {
    await runner.close();
  }
}

function bodyOf(options: Omit<AskOptions, 'prompt'> & { readonly model: string }, prompt: string): ChatBody {
  const { system, model, maxTokens, temperature, isStream } = options;
  return {
    model,
    messages: [
      ...(system === null ? [] : [{ role: 'system', content: system } as const]),
      { role: 'user', content: prompt },
    ],
    ...(maxTokens !== null && { [limitName(model)]: maxTokens }),
    ...(temperature !== null && { temperature }),
    ...(isStream ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
}

/** What each event prints, and what is printed at the end. `text` is null where the answer is printed in another form. */
interface Printer {
  readonly show: (event: RunEvent) => unknown;
  readonly end: () => void;
  readonly text: AnswerText | null;
}

function createPrinter(
  output: AskOptions['output'],
  { print, keys, redact }: CommandContext,
  pipe: Pipe,
): Printer {
  // A terminal must not obey what a server sends; a file is to have it as it came.
  const write = pipe.isTerminal ? (piece: string) => print(visible(piece)) : print;
  switch (output) {
    case 'json':
      return { show: (event) => print(`${jsonLine(portable(event))}\n`), end: () => {}, text: null };
    case 'raw': {
      if (!pipe.isTerminal) {
        // One character a byte, and back.
        const secrets = keys.secrets.map((secret) => Buffer.from(secret).toString('latin1'));
        const bytes = new HeldText(
          (text) => pipe.writeBytes(redact.bytes(Buffer.from(text, 'latin1'))),
          secrets,
        );
        return {
          show: (event) => event.type === 'read' && bytes.write(Buffer.from(event.bytes).toString('latin1')),
          end: () => bytes.end(),
          text: null,
        };
      }
      const decoder = new TextDecoder();
      return {
        show: (event) => event.type === 'read' && write(decoder.decode(event.bytes, { stream: true })),
        // What comes below begins on a line of its own.
        end: () => write(`${decoder.decode()}\n`),
        text: null,
      };
    }
    case 'text': {
      const text = new AnswerText(write);
      return {
        show: (event) => {
          if (event.type === 'chunk') text.take(readingOf(event));
          if (event.type === 'response') text.take(read(event.body));
        },
        end: () => text.end(),
        text,
      };
    }
  }
}
