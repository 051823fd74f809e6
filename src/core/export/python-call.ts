import type { ChatBody } from '../run/request.ts';
import { fieldLines, fieldsOf, indent, type Syntax } from './literal.ts';
import { pythonParameters } from './python-parameters.ts';
import { rawArguments, rawBody, whyRaw } from './python-raw.ts';
import { quotePython } from './quote.ts';
import type { SnippetStep } from './snippet.ts';

const syntax: Syntax = {
  string: quotePython,
  key: quotePython,
  words: { null: 'None', true: 'True', false: 'False' },
  indent: 4,
  padding: '',
  hasTrailingComma: true,
  longString: 'parentheses',
};

/** Named arguments, one or more lines each, not indented. */
export const namedArguments = (values: object, width: number): readonly string[] =>
  fieldLines(values, syntax, { width, key: (name) => name, separator: '=' });

/** The lines that send a request. */
export function sendPython(step: SnippetStep, width: number): readonly string[] {
  const { request } = step;
  if (request.kind === 'model') return retrieve(request.model, step);
  const { body } = request;
  const name = body.stream ? 'stream' : 'response';
  const reason = whyRaw(body);
  if (reason !== null) {
    return [
      `# ${reason}`,
      ...rawBody(body, width),
      '',
      `${name} = client.post(`,
      ...indent([...rawArguments(body), ...inDictionary('options={"headers": {', headers(step), '}},')], 4),
      ')',
    ];
  }
  const call = `${name} = client.chat.completions.create(`;
  return [
    ...(call.length <= width ? [call] : ['chat = client.chat.completions', `${name} = chat.create(`]),
    ...indent([...bodyArguments(body, width - 4), ...extraHeaders(step)], 4),
    ')',
  ];
}

/** What the method does not know by name goes into the body beside the rest. */
function bodyArguments(body: ChatBody, width: number): readonly string[] {
  const isKnown = ([name]: readonly [string, unknown]) => pythonParameters.has(name);
  const fields = Object.entries(fieldsOf(body));
  const extra = fields.filter((field) => !isKnown(field));
  return [
    ...namedArguments(Object.fromEntries(fields.filter(isKnown)), width),
    ...(extra.length > 0 ? namedArguments({ extra_body: Object.fromEntries(extra) }, width) : []),
  ];
}

function retrieve(model: string, step: SnippetStep): readonly string[] {
  const quoted = quotePython(model);
  const options = extraHeaders(step);
  if (options.length === 0) return [`model = client.models.retrieve(${quoted})`];
  return ['model = client.models.retrieve(', ...indent([`${quoted},`, ...options], 4), ')'];
}

const extraHeaders = (step: SnippetStep): readonly string[] =>
  inDictionary('extra_headers={', headers(step), '},');

const headers = ({ key, fault }: SnippetStep): readonly string[] => [
  ...(key === 'no-header' ? ['"Authorization": Omit()'] : []),
  ...(fault ? [`"x-practice-fault": ${quotePython(fault)}`] : []),
];

const inDictionary = (open: string, fields: readonly string[], close: string): readonly string[] =>
  fields.length > 0 ? [open, ...fields.map((field) => `    ${field},`), close] : [];
