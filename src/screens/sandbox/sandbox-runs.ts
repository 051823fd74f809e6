import { openaiBaseURL } from '../../core/api/endpoint.ts';
import { endpointLabel } from '../../core/api/endpoints.ts';
import type { Step } from '../../core/lessons/types.ts';
import { type AnswerMessage, answerMessage } from '../../core/run/answer-message.ts';
import type { RunLog } from '../../core/run/log.ts';
import { bodyOf, type Draft } from '../../core/sandbox/draft.ts';
import type { Workbench } from '../../core/sandbox/workbench.ts';
import type { Host } from '../place.ts';
import type { Comparison } from './sandbox-state.ts';

/** The ids under which the session keeps the runs of the sandbox. */
export const sandboxRun = 'sandbox';
export const comparedRun = 'comparison';

/** Sends what is on the workbench. */
export class SandboxRuns {
  readonly #host: Host;
  readonly #workbench: Workbench;
  #taken: { readonly log: RunLog; readonly answer: AnswerMessage | null } | null = null;

  constructor(host: Host, workbench: Workbench) {
    this.#host = host;
    this.#workbench = workbench;
  }

  get isRunning(): boolean {
    const { running } = this.#host.session.getSnapshot();
    return running === sandboxRun || running === comparedRun;
  }

  /** The answer of the last run that is over, as far as it came. */
  answer(): AnswerMessage | null {
    const log = this.isRunning ? null : this.#host.session.runOf(sandboxRun)?.log;
    if (!log) return null;
    // Asked for with every frame, and put together from every chunk.
    if (this.#taken?.log !== log) this.#taken = { log, answer: answerMessage(log.rows(0)) };
    return this.#taken.answer;
  }

  /** Where code sends the request: practice speaks OpenAI's protocol, and code of it is for OpenAI. */
  get codeURL(): string {
    const { endpoint } = this.#host.session.getSnapshot();
    return endpoint.kind === 'practice' ? openaiBaseURL : endpoint.baseURL;
  }

  /** Sends the draft, or says why not. True if it goes out. */
  send(): boolean {
    const { draft, estimate } = this.#workbench;
    const counted = estimate?.draft === draft ? estimate.prompt.total : undefined;
    const step = stepOf(draft, 'request', '');
    if (!step || !this.#mayGoOut()) return this.#refuse(draft);
    const { session } = this.#host;
    void session.run(sandboxRun, [step]).then((isOver) => {
      const usage = session.runOf(sandboxRun)?.log.summary.steps[0]?.usage;
      const promptTokens = usage?.prompt_tokens ?? counted;
      if (!isOver || promptTokens === undefined) return;
      this.#workbench.sent({ messages: draft.messages.length, promptTokens, isEstimated: !usage });
    });
    return true;
  }

  /** Sends the draft twice, the second time changed, or says why not. True if it goes out. */
  async compare({ first, second, change, endpoint }: Comparison): Promise<boolean> {
    const { session } = this.#host;
    const { draft } = this.#workbench;
    const [one, other] = [stepOf(draft, 'first', first), stepOf(change(draft), 'second', second)];
    if (!one || !other) return this.#refuse(draft);
    if (!this.#mayGoOut() || (endpoint && !this.#mayGoOut(endpoint))) return false;
    try {
      const target = endpoint === undefined ? 'endpoint' : await session.endpointOf(endpoint);
      void session.run(comparedRun, [one, { ...other, target }]);
      return true;
    } catch (error) {
      this.#host.say((error as Error).message);
      return false;
    }
  }

  /** Whether nothing else runs, and what it costs has been said. */
  #mayGoOut(endpoint?: string): boolean {
    const { session, say } = this.#host;
    const { running } = session.getSnapshot();
    const label = endpoint === undefined ? undefined : endpointLabel(endpoint, session.keys);
    const notice = running ? `${running} is still running. Ctrl+C stops it.` : session.costNotice(label);
    if (notice) say(notice);
    return notice === null;
  }

  #refuse(draft: Draft): false {
    const read = bodyOf(draft);
    if ('unreadable' in read) this.#host.say(`Not sent. ${read.unreadable.sentence}`);
    return false;
  }
}

function stepOf(draft: Draft, id: string, label: string): Step | null {
  const read = bodyOf(draft);
  return 'body' in read ? { id, label, request: { kind: 'chat', body: read.body } } : null;
}
