/** Where a text went: to the system's clipboard, to the terminal for its own (which does not answer), or nowhere. */
export type CopyResult = 'clipboard' | 'osc52' | 'failed';

export interface CopyPlaces {
  /** Writes a control sequence to the terminal as it is. */
  readonly write: (sequence: string) => void;
  /** Whether what is written reaches a terminal. */
  readonly isTerminal: boolean;
  /** Whether that terminal is at the other end of SSH: the clipboard of this machine is then not the user's. */
  readonly isRemote?: boolean;
  /** Whether tmux stands between. */
  readonly isTmux?: boolean;
  /** Default: the system's clipboard. Rejects where there is none. */
  readonly writeClipboard?: (text: string) => Promise<void>;
}

/** Bytes in base64 that terminals still take; some, like xterm, stop at 74 994, most go further. */
const longestBase64 = 100_000;

/** Copies a text; never throws. */
export async function copyText(text: string, places: CopyPlaces): Promise<CopyResult> {
  const { write, isTerminal, isRemote = false, isTmux = false, writeClipboard = toSystem } = places;
  if (!isRemote) {
    try {
      await writeClipboard(text);
      return 'clipboard';
    } catch {
      // No display, or a program that is missing: the terminal may have a clipboard.
    }
  }
  const base64 = Buffer.from(text).toString('base64');
  if (!isTerminal || base64.length > longestBase64) return 'failed';
  const sequence = `\x1b]52;c;${base64}\x07`;
  // tmux passes on the one with `allow-passthrough`, the other with `set-clipboard on`, and drops what it does not.
  write(isTmux ? `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\${sequence}` : sequence);
  return 'osc52';
}

async function toSystem(text: string): Promise<void> {
  const { default: clipboard } = await import('clipboardy');
  await clipboard.write(text);
}
