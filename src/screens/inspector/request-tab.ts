import { blank, clip, type Line, line, span } from '../../components/line.ts';
import { wrapParagraph } from '../../components/wrap.ts';
import { sentBody } from '../../core/inspect/bodies.ts';
import { knownRequest } from '../../core/inspect/known-request.ts';
import { visible } from '../../core/visible.ts';
import { bodyLines, jsonText } from './body-lines.ts';
import { markedLines } from './exchange-detail.ts';
import { type Exchange, exchangeList, exchangeOf } from './exchange-list.ts';
import { blockOf, listAndDetail } from './list-and-detail.ts';
import { notBegun } from './not-begun.ts';
import { fileLines } from './opened-run.ts';
import type { Tab, TabView } from './tab.ts';

/** What was sent: each try with its URL and headers, and the body. */
export const requestTab: Tab = (view) => {
  const { summary } = view;
  if (!summary) return notBegun(view);
  const exchange = exchangeOf(summary, 'sent', view.selected);
  // What is sent from here is known before it goes out.
  const known = view.file ? knownRequest(view.log, view.step) : 'all';
  const layout = listAndDetail(
    view,
    (width, rows) => {
      if (known === 'nothing') return wrapParagraph('The request is not in the file.', width);
      const head = addressLines(exchange, width, rows);
      return [...head, ...exchangeList(exchange, width, rows - head.length)];
    },
    (width, rows) => [
      blockOf(fileLines(view.file, width)),
      blockOf(markedLines(exchange, width, rows)),
      blockOf(known === 'all' ? sentLines(view, exchange, width) : noBody(known)),
    ],
  );
  return { ...layout, markable: exchange.rows.length };
};

const noBody = (known: 'address' | 'nothing'): readonly Line[] =>
  known === 'address' ? [line('Its body is not in the file.', 'muted')] : [];

function addressLines({ step, attempt }: Exchange, width: number, rows: number): Line[] {
  if (!attempt) return [line(step.outcome === 'unsent' ? 'Nothing was sent.' : 'Not sent yet.', 'muted')];
  const url = clip(visible(attempt.url), width - attempt.method.length - 1);
  return [[span(`${visible(attempt.method)} `, 'strong'), span(url)], ...(rows >= 8 ? [blank] : [])];
}

function sentLines(
  { log, step: index }: TabView,
  { step, attempt }: Exchange,
  width: number,
): readonly Line[] {
  const sent = attempt === null ? null : sentBody(log, index, attempt.index);
  const text = sent?.text ?? (step.request.kind === 'chat' ? jsonText(step.request.body) : null);
  if (text === null) return [line('no body: all is in the URL', 'muted')];
  const title = attempt === null ? 'what was to be sent' : 'body, as it was asked for';
  const size = sent === null ? title : `body, ${sent.bytes} B`;
  return [line(size, 'muted'), ...bodyLines(text, 'request', width)];
}
