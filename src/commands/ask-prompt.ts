import { type CommandContext, UsageError } from './context.ts';

/** Standard input, as far as a prompt needs it. */
export interface PromptInput {
  readonly isTerminal: boolean;
  /** All of it, to its end. Rejects once the signal aborts. */
  readonly readAll: (signal: AbortSignal) => Promise<Uint8Array>;
}

/** How long standard input may be silent before it is said what is being waited for. */
const patienceMs = 2000;

/**
 * The prompt: the words of the command line, then a blank line and what is piped in, or what is typed where a `-`
 * at their end asks for it. Null where the user interrupted the reading.
 *
 * @throws UsageError where there is none, or where what is piped in is no text.
 */
export async function readPrompt(
  words: readonly string[],
  input: PromptInput,
  { clock, signal, warn }: Pick<CommandContext, 'clock' | 'signal' | 'warn'>,
): Promise<string | null> {
  const isAskedFor = words.at(-1) === '-';
  const argument = (isAskedFor ? words.slice(0, -1) : words).join(' ');
  let piped = '';
  if (isAskedFor || !input.isTerminal) {
    const stopWaiting = clock.after(patienceMs, () =>
      warn('Waiting for standard input to end: it is part of the prompt (</dev/null leaves it out).'),
    );
    try {
      piped = decode(await input.readAll(signal));
    } catch (error) {
      if (signal.aborted) return null;
      if (error instanceof UsageError) throw error;
      const { code } = error as NodeJS.ErrnoException;
      throw new UsageError(`Standard input cannot be read (${code ?? 'unknown error'}): pipe a text in.`);
    } finally {
      stopWaiting();
    }
  }
  const parts = [argument, piped].filter((part) => part.trim() !== '');
  if (parts.length > 0) return parts.join('\n\n');
  throw new UsageError(
    input.isTerminal
      ? 'There is nothing to ask: give a prompt, as in first-token ask "What is a token?", or pipe one in.'
      : 'There is nothing to ask: standard input is empty, and no prompt was given.',
  );
}

/** UTF-8 without a byte order mark and without the line feed that ends the last line. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
  } catch {
    throw new UsageError('Standard input is not UTF-8 text: convert it first, with iconv for example.');
  }
}
