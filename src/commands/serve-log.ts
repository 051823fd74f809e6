import type { PracticeRequest } from '../core/api/practice.ts';
import { jsonLine, visible } from '../core/visible.ts';
import type { Meaning, Paint } from './paint.ts';

/** One request as a line for people: when, status, what, tokens, time, and what went wrong on purpose. */
export function textLogLine(request: PracticeRequest, paint: Paint): string {
  const { status, model, isStream, promptTokens, completionTokens, faults } = request;
  const parts = [
    paint('muted', new Date(request.atMs).toTimeString().slice(0, 8)),
    paint(meaningOf(status), String(status ?? '–').padEnd(3)),
    oneLine(model ?? `${request.method} ${request.path}`),
    isStream ? 'stream' : '',
    promptTokens === null ? '' : `${promptTokens} + ${completionTokens} tokens`,
    `${(request.durationMs / 1000).toFixed(2)} s`,
    paint('warn', endings[request.outcome]),
    faults.length === 0 ? '' : paint('warn', oneLine(`fault ${faults.join(',')}`)),
    request.reason === null ? '' : paint('muted', oneLine(request.reason, 120)),
    request.failure === null ? '' : paint('error', oneLine(`failure: ${request.failure}`)),
  ];
  return `${parts.filter((part) => part !== '').join('  ')}\n`;
}

const endings: Readonly<Record<PracticeRequest['outcome'], string>> = {
  done: '',
  gone: 'the client left',
  broken: 'broken off',
};

/** The same as one JSON object; times are in milliseconds, `time` is ISO 8601. */
export function jsonLogLine({ atMs, ...request }: PracticeRequest): string {
  const durationMs = Math.round(request.durationMs * 100) / 100;
  const path = short(request.path);
  const model = request.model && short(request.model);
  const reason = request.reason && short(request.reason);
  return `${jsonLine({ time: new Date(atMs).toISOString(), ...request, path, model, reason, durationMs })}\n`;
}

/** What a client sends may be as long as it likes. */
const short = (text: string, most = 200): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** And it is as untrusted as what a server sends. */
const oneLine = (text: string, most?: number): string => visible(short(text, most)).replaceAll('\n', '␊');

function meaningOf(status: number | null): Meaning {
  if (status === null || status >= 500) return 'error';
  return status >= 400 ? 'warn' : 'ok';
}
