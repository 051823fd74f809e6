import stringWidth from 'string-width';
import { isPlain } from './plain.ts';

const widths = new Map<string, number>();

/**
 * The cells that a text takes on screen. To find it out anew was half the cost of a frame, so widths of other than
 * plain text are remembered; the bundle gives this function to Ink as well.
 */
export default function rememberedWidth(text: string, options?: Parameters<typeof stringWidth>[1]): number {
  if (isPlain(text)) return text.length;
  if (options) return stringWidth(text, options);
  let width = widths.get(text);
  if (width === undefined) {
    width = stringWidth(text);
    if (widths.size >= 5000) widths.clear();
    widths.set(text, width);
  }
  return width;
}
