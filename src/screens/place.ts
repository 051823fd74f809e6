import type { Shown } from '../components/binding.ts';
import type { EndpointLabel } from '../core/run/events.ts';
import type { RunLog } from '../core/run/log.ts';
import type { Recording } from '../core/run/recording.ts';
import type { ChatBody } from '../core/run/request.ts';
import type { PastRun, Session } from '../core/session.ts';
import type { Screen } from './app-state.ts';

/** What a place may ask of the app around it. */
export interface Host {
  readonly session: Session;
  /** Says one sentence, which stands until the next key. */
  readonly say: (notice: string) => void;
  /** Something that is shown has changed. */
  readonly changed: () => void;
  readonly go: (screen: Screen) => void;
  /** Takes a run apart, from one of its requests on. */
  readonly inspect: (run: PastRun, step: number) => void;
  /** Shows again what one came from. */
  readonly leave: () => void;
}

/** Whom a request of a file asked, as far as it says. */
export interface AskedInFile {
  readonly endpoint: EndpointLabel | null;
  readonly model: string | null;
}

/** A screen with keys of its own. It keeps its state while one looks elsewhere; its view is drawn from that. */
export interface Place {
  /** While text is being typed, every key belongs to the place. */
  readonly isTyping: boolean;
  readonly bindings: () => readonly Shown[];
  /** Does what one of its keys means, or types it. */
  readonly press: (key: string) => void;
  /** Takes a text that was pasted; without an open text it does nothing. */
  readonly paste: (text: string) => void;
  /** The id of the run that is on its screen, and which Esc there stops. */
  readonly shownRun?: string;
  /** The log that is on its screen, where it is no run of the session. */
  readonly shownLog?: RunLog | null;
  /** Shows what came from a file. */
  readonly show?: (name: string, recording: Recording) => void;
  /** Takes a run apart. */
  readonly inspect?: (run: PastRun, step: number) => void;
  /** The model that it asks, where that is not the lessons' own. */
  readonly shownModel?: string;
  /** Whom the run on its screen asked, where that came from a file: from there nobody is asked. */
  readonly shownFile?: AskedInFile | null;
  /** Takes a request to work on. */
  readonly take?: (body: ChatBody) => void;
  /** Called whenever the place comes into view. */
  readonly enter?: () => void;
}

export type PlaceName = 'sandbox' | 'inspector' | 'endpoints' | 'doctor';
