import { describeSource, type KeyReport } from '../core/api/keys.ts';
import type { Experiment } from '../core/lessons/types.ts';
import { readingOf } from '../core/run/chunk-in-bytes.ts';
import type { RunEvent, RunEventOf } from '../core/run/events.ts';
import type { RunLog } from '../core/run/log.ts';
import { firstOf, readAnswer } from '../core/run/reading.ts';
import { redactRecording } from '../core/run/redact-recording.ts';
import { visible } from '../core/visible.ts';
import type { CommandContext } from './context.ts';
import { HeldText } from './held-text.ts';
import {
  chunkTable,
  comparisonText,
  figureLines,
  figureRows,
  marginWidth,
  requestText,
  troubleText,
} from './print-step.ts';
import { block, FlowingText, hanging, indent, prose } from './text.ts';

type Surface = Pick<CommandContext, 'print' | 'paint' | 'columns' | 'keys' | 'redact'>;

/** What an experiment is about, and the question to answer before it runs. */
export function printIntro(experiment: Experiment, { print, paint, columns, keys }: Surface): void {
  const { id, title, intro, prediction } = experiment;
  const say = (text: string) => print(`${text}\n\n`);
  say(paint('title', `${id}  ${capital(title)}`));
  for (const part of intro) say(block(part, columns, paint));
  if (experiment.focus === 'key') say(keyText(keys, columns));
  say(prose(`Before it runs: ${prediction.question}`, columns, paint));
  say(indent(prose(prediction.options.join('   '), columns - 2, paint)));
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Which key there is and where it came from, masked; or how to get one. */
function keyText({ key, problems }: KeyReport, columns: number): string {
  const found = key
    ? `${key.masked} · ${key.length} characters · from ${describeSource(key.source)}`
    : 'None of your own: the practice server gets one that opens nothing. For OpenAI, make a key on platform.openai.com and put OPENAI_API_KEY=<key> in a file .env.';
  return [['key', found], ...problems.map((problem) => ['', problem])]
    .map(([name = '', text = '']) => hanging(name, visible(text), marginWidth, columns))
    .join('\n');
}

/** Prints a run's steps as their events come: the request, the answer while it grows, then the figures. */
export function createStepPrinter(
  experiment: Experiment,
  { print, paint, columns, keys, redact }: Surface,
): (event: RunEvent, log: RunLog) => void {
  const isSingle = experiment.steps.length === 1;
  const showsChunks = experiment.compare === undefined || experiment.compare === 'usage';
  let answer: HeldText | null = null;

  const startAnswer = () => {
    print(`${paint('assistant', 'assistant')}${' '.repeat(marginWidth - 'assistant'.length)}`);
    const flowing = new FlowingText(print, marginWidth, columns);
    // Masked before it is wrapped: a key over two lines would not be known for one.
    return new HeldText((text) => flowing.write(visible(redact.text(text))), keys.secrets);
  };

  const endStep = (step: RunLog['summary']['steps'][number], log: RunLog) => {
    // One below the other they would show a key that came in pieces.
    const { chunks: given } = log.rows(step.index);
    const chunks = redactRecording(given, redact).filter((event) => event.type === 'chunk');
    const parts = [
      troubleText(step, log, columns, paint),
      step.isStream && showsChunks && chunks.length > 0 ? chunkTable({ chunks }, step.offsetMs, columns) : '',
      isSingle && step.request.kind === 'chat' ? figureRows(step, paint) : figureLines(step, columns, paint),
    ];
    answer?.end();
    print(answer ? '\n' : '');
    answer = null;
    for (const part of parts) if (part) print(isSingle ? `\n${part}\n` : `${part}\n`);
    print('\n');
  };

  return (event, log) => {
    if (!('step' in event)) return;
    const step = log.summary.steps[event.step]!;
    switch (event.type) {
      case 'step-start':
        if (!isSingle) print(`${paint('title', `── ${visible(event.label)}`)}\n`);
        print(`${requestText(step, columns, paint)}\n`);
        return;
      case 'attempt': {
        const sent = event.headers.find(([name]) => name.toLowerCase() === 'authorization');
        if (experiment.focus === 'key' && sent)
          print(`${hanging('sent with', visible(sent.join(': ')), marginWidth, columns)}\n`);
        return;
      }
      case 'chunk': {
        const text = firstOf(readingOf(event)).content;
        if (!text) return;
        answer ??= startAnswer();
        answer.write(text);
        return;
      }
      case 'response':
        if (step.request.kind !== 'chat' || experiment.focus === 'response-object') {
          print(`\n${indent(visible(JSON.stringify(event.body, null, 2) ?? 'nothing'))}\n`);
        } else {
          answer = startAnswer();
          answer.write(responseText(event));
        }
        return;
      case 'step-end':
        endStep(step, log);
    }
  };
}

function responseText({ body }: RunEventOf<'response'>): string {
  const { content, refusal, toolCalls } = readAnswer(body);
  const calls = toolCalls.map(({ name, args }) => `${name}(${args})`);
  return [content ?? refusal ?? '', ...calls].filter(Boolean).join('\n') || '(no text)';
}

/** After the run: the steps side by side, the answer to the question, and what to look at. */
export function printOutro(experiment: Experiment, log: RunLog, { print, paint, columns }: Surface): void {
  const { compare, prediction, lookAt } = experiment;
  const say = (text: string) => print(`${text}\n\n`);
  if (compare && log.summary.steps.length > 0) say(comparisonText(compare, log.summary.steps, columns));
  const answer = prediction.answer(log);
  const because = visible(prediction.because(log));
  say(prose(answer === null ? because : `Answer: ${visible(answer)}. ${because}`, columns, paint));
  for (const note of lookAt(log)) say(prose(visible(note), columns, paint, '› '));
}
