import { isDeepStrictEqual } from 'node:util';
import { openaiBaseURL } from '../../core/api/endpoint.ts';
import { endpointLabel } from '../../core/api/endpoints.ts';
import { estimatePrompt } from '../../core/api/prompt-tokens.ts';
import type { Step } from '../../core/lessons/types.ts';
import { type AnswerMessage, answerMessage } from '../../core/run/answer-message.ts';
import type { RunLog } from '../../core/run/log.ts';
import type { ChatBody } from '../../core/run/request.ts';
import { bodyOf, type Draft } from '../../core/sandbox/draft.ts';
import type { Workbench } from '../../core/sandbox/workbench.ts';
import { stillRunning } from '../../core/session.ts';
import type { Host } from '../place.ts';
import type { Comparison } from './sandbox-state.ts';

/** The ids under which the session keeps the runs of the sandbox. */
export const sandboxRun = 'sandbox';
export const comparedRun = 'comparison';

/** Sends what is on the workbench. */
export class SandboxRuns {
  readonly #host: Host;
  readonly #workbench: Workbench;
  /** What the last run was sent with. */
  #sent: Draft | null = null;
  #answers: { readonly log: RunLog; readonly all: readonly AnswerMessage[] } | null = null;

  constructor(host: Host, workbench: Workbench) {
    this.#host = host;
    this.#workbench = workbench;
  }

  get isRunning(): boolean {
    const { running } = this.#host.session.getSnapshot();
    return running === sandboxRun || running === comparedRun;
  }

  /** What the last run brought, choice by choice, for as long as the conversation is the one that was sent. */
  answers(): readonly AnswerMessage[] {
    const log = this.isRunning ? null : this.#host.session.runOf(sandboxRun)?.log;
    if (!log || !this.#isOf(this.#sent)) return [];
    // Asked for with every frame, and put together from every chunk.
    if (this.#answers?.log !== log) this.#answers = { log, all: answersIn(log) };
    return this.#answers.all;
  }

  /** Whether the last run was sent with another request than the one on the workbench. */
  get isOlder(): boolean {
    return this.#sent !== null && !isDeepStrictEqual(this.#sent, this.#workbench.draft);
  }

  /** Where code sends the request: practice speaks OpenAI's protocol, and code of it is for OpenAI. */
  get codeURL(): string {
    const { endpoint } = this.#host.session.getSnapshot();
    return endpoint.kind === 'practice' ? openaiBaseURL : endpoint.baseURL;
  }

  /** Sends the draft, or says why not. True if it goes out. */
  send(): boolean {
    const { draft } = this.#workbench;
    const step = stepOf(draft, 'request', '');
    if (!step) return this.#refuse(draft);
    if (!this.#mayGoOut()) return false;
    const { session } = this.#host;
    const before = this.#sent;
    this.#sent = draft;
    void session.run(sandboxRun, [step]).then(async (isOver) => {
      // Nothing went out: what is shown is the run before.
      if (!isOver) this.#sent = before;
      const usage = session.runOf(sandboxRun)?.log.summary.steps[0]?.usage;
      const { body } = step.request;
      const promptTokens = usage?.prompt_tokens ?? (await estimatePrompt(body)).total;
      if (isOver) this.#workbench.sent({ messages: draft.messages, promptTokens, isEstimated: !usage });
    });
    return true;
  }

  /**
   * Sends the draft twice, the second time changed; or says why not, and gives null.
   *
   * @param isWanted whether it still is, once the other endpoint is ready
   */
  async compare(comparison: Comparison, isWanted: () => boolean): Promise<RunLog | null> {
    const { first, second, change, endpoint } = comparison;
    const { session, say } = this.#host;
    const { draft } = this.#workbench;
    const [one, other] = [stepOf(draft, 'first', first), stepOf(change(draft), 'second', second)];
    if (!one || !other) {
      this.#refuse(one ? change(draft) : draft);
      return null;
    }
    try {
      const target = endpoint === undefined ? 'endpoint' : await session.endpointOf(endpoint);
      if (!isWanted() || !this.#mayGoOut() || (endpoint && !this.#mayGoOut(endpoint))) return null;
      void session.run(comparedRun, [one, { ...other, target }]);
      return session.runOf(comparedRun)?.log ?? null;
    } catch (error) {
      say((error as Error).message);
      return null;
    }
  }

  /** Whether the conversation on the workbench is that of a draft. */
  #isOf(draft: Draft | null): boolean {
    return draft !== null && isDeepStrictEqual(draft.messages, this.#workbench.draft.messages);
  }

  /** Whether nothing else runs, and what it costs has been said. */
  #mayGoOut(endpoint?: string): boolean {
    const { session, say } = this.#host;
    const { running } = session.getSnapshot();
    const label = endpoint === undefined ? undefined : endpointLabel(endpoint, session.keys);
    const notice = running ? stillRunning(running) : session.costNotice(label);
    if (notice) say(notice);
    return notice === null;
  }

  #refuse(draft: Draft): false {
    const read = bodyOf(draft);
    if ('unreadable' in read) this.#host.say(`Not sent. ${read.unreadable.sentence}`);
    return false;
  }
}

type ChatStep = Step & { readonly request: { readonly kind: 'chat'; readonly body: ChatBody } };

function stepOf(draft: Draft, id: string, label: string): ChatStep | null {
  const read = bodyOf(draft);
  return 'body' in read ? { id, label, request: { kind: 'chat', body: read.body } } : null;
}

function answersIn(log: RunLog): readonly AnswerMessage[] {
  const count = log.summary.steps[0]?.choices ?? 0;
  return Array.from({ length: count }, (_, choice) => answerMessage(log.rows(0), choice)).filter(
    (answer) => answer !== null,
  );
}
