/** What can be ordered from the practice server, for help and documentation. */
interface FaultHelp {
  /** As it is written, with its value if it takes one. */
  readonly form: string;
  readonly does: string;
}

interface FaultGroup {
  readonly title: string;
  readonly faults: readonly FaultHelp[];
}

/** Every fault by what it disturbs. */
export const faultGroups: readonly FaultGroup[] = [
  {
    title: 'An error instead of an answer',
    faults: [
      { form: '401', does: 'the key is not accepted' },
      { form: '403', does: 'the project may not use the model' },
      { form: '403-region', does: 'the country is not supported' },
      { form: '404', does: 'the model does not exist' },
      { form: '408', does: 'the request timed out' },
      { form: '409', does: 'a conflict' },
      { form: '429', does: 'the requests of the minute are used up' },
      { form: '429-tokens', does: 'the tokens of the minute are used up' },
      { form: '429-quota', does: 'the plan is used up' },
      { form: '429-credits', does: 'no credits are left' },
      { form: '500', does: 'an error of the server' },
      { form: '503', does: 'the model is overloaded' },
      { form: 'html', does: '502 with an HTML page' },
      { form: 'empty', does: '500 without a body' },
      { form: 'reset', does: 'the connection breaks before any answer' },
    ],
  },
  {
    title: 'Before an answer',
    faults: [
      { form: 'slow-headers=MS', does: 'the headers come so much later (3000)' },
      { form: 'wrong-type', does: 'the content type lies' },
    ],
  },
  {
    title: 'In a stream',
    faults: [
      { form: 'json', does: 'one JSON object, though a stream was asked for' },
      { form: 'stall=MS', does: 'nothing comes for so long (10000)' },
      { form: 'cut', does: 'the connection breaks' },
      { form: 'end', does: 'it ends without [DONE]' },
      { form: 'error', does: 'an error as a data event, then the end' },
      { form: 'error-event', does: 'an event named error, then the end' },
      { form: 'bad-json', does: 'an event whose JSON is broken' },
      { form: 'no-blank', does: 'the last event lacks its blank line, and [DONE] is missing' },
      { form: 'double-done', does: 'an event and a second [DONE] follow the first' },
    ],
  },
  {
    title: 'In how its bytes are sent',
    faults: [
      { form: 'split', does: 'every byte in a write of its own' },
      {
        form: 'split-utf8',
        does: "a write ends inside every character of more than one byte (ask: Say '👋')",
      },
      { form: 'batch=N', does: 'so many events at once (all)' },
      { form: 'comments', does: 'a keep-alive comment before each event' },
      { form: 'crlf', does: 'lines end with CRLF' },
    ],
  },
  {
    title: 'For the whole server only',
    faults: [{ form: 'refuse', does: 'nobody listens: connections are refused' }],
  },
];

/** How faults are combined, in sentences. */
export const faultGrammar: readonly string[] = [
  'Behind a fault: *N for the first N attempts of a call, %N for N percent of requests, and in a stream @chunk=N for after N chunks (if not said: 3; end: after the last). Several with commas: 429*2,cut@chunk=7%50',
  'Equal requests within a minute are taken for the attempts of one call, until one gets through. What happens in a stream, or to its bytes, leaves other answers alone with --fault, and is refused for them with the header.',
];
