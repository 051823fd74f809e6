import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markdownOf } from '../../../src/core/export/report-markdown.ts';
import { svgOf } from '../../../src/core/export/report-svg.ts';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { openRun } from '../../../src/core/run/open-run.ts';
import {
  abortedRun,
  attempt,
  chat,
  chunk,
  headers,
  helloRun,
  limitedRun,
  logOf,
  response,
  retriedRun,
  runStart,
  stepEnd,
  stepStart,
} from '../../helpers/logs.ts';
import { anyRun } from '../../helpers/run-arbitrary.ts';

const markdown = (events: readonly RunEvent[]) => markdownOf(logOf(events), 0);
const svg = (events: readonly RunEvent[]) => svgOf(logOf(events), 0);

/** A run of one streamed text, with a label and a file's name of somebody's choice. */
const streamOf = (pieces: readonly string[], name = 'a stream'): readonly RunEvent[] => [
  runStart(name),
  stepStart(chat({ stream: true, messages: [{ role: 'user', content: name }] }), { label: name }),
  attempt(1),
  { ...headers(10), headers: [['x-odd', name]] } as RunEvent,
  ...pieces.map((piece, index) => chunk(index, 20 + index, piece)),
  stepEnd(20 + pieces.length),
];

const hostile =
  '\x1b[2J</text><script>alert(1)</script> ` ``` | \\| "a" & \u202e\uffff\ud83e\n```\n# no heading';

describe('Markdown', () => {
  test('of a capture says that the request is not in the file, and nothing of reads', () => {
    const sse = 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\ndata: [DONE]\n\n';
    const { events } = openRun(Buffer.from(sse), 'x.sse');
    const text = markdown(events);
    expect(text).toContain(
      '`a stream` · `HTTP 200` · `complete`\n\nWhen anything came is not known.\n\n## Request\n\nThe request is not in the file.\n\n## Answer',
    );
    expect(text).toContain(`| \`${sse.length} bytes\` `);
    expect(text).not.toMatch(/unknown\.invalid|"model"/);
    expect(svg(events)).not.toContain('unknown.invalid');
    const told = openRun(Buffer.from(`> POST /v1 HTTP/1.1\n> Host: a.example\n> \n${sse}`), 'x.sse');
    expect(markdown(told.events)).toContain(
      '## Request\n\n`POST http://a.example/v1`\n\nIts body is not in the file.\n\n## Answer',
    );
  });

  test('of a stream has what was asked, what came and how each figure is known', () => {
    expect(markdown(helloRun)).toBe(`# Request 1 of \`3b\`: \`a stream of chunks\`

\`practice\` · \`a stream\` · \`HTTP 200\` · \`complete\` · \`2026-01-02T03:04:05.000Z\`

## Request

\`POST http://127.0.0.1:1/v1/chat/completions\`

\`\`\`json
{
  "model": "gpt-4o-mini",
  "messages": [
    {
      "role": "user",
      "content": "Say 'Hello World'"
    }
  ],
  "max_tokens": 10,
  "stream": true
}
\`\`\`

## Answer

\`\`\`text
Hello World!
\`\`\`

## Chunks

| # | at | gap | finish_reason | delta |
| ---: | ---: | ---: | --- | --- |
| 0 | 512 ms | – | – | \`role: assistant, ''\` |
| 1 | 551 ms | 39 ms | – | \`'Hello'\` |
| 2 | 602 ms | 51 ms | – | \`' World'\` |
| 3 | 640 ms | 38 ms | – | \`'!'\` |
| 4 | 641 ms | 1 ms | \`stop\` | \`(nothing)\` |

## Figures

| figure | value | known |
| --- | --- | --- |
| prompt | \`no count: ask with stream_options\` | – |
| completion | \`about 3 tokens\` | estimated |
| total | – | – |
| finish | \`stop\` | reported |
| speed | \`33.7 chunks/s\` | measured |
| cost | \`free: practice\` | – |
| headers | \`470 ms\` | measured |
| first event | \`512 ms\` | measured |
| first content | \`551 ms\` | measured |
| last content | \`640 ms\` | measured |
| end | \`643 ms\` | measured |
`);
  });

  test('of a refused request has every try and the error', () => {
    const text = markdown(limitedRun);
    expect(text).toContain(
      '## Error\n\n`RateLimitError` · `status: 429` · `code: rate_limit_exceeded`\n\n```text\n429 Rate',
    );
    expect(text).toContain('| 2 | 511 ms | 10 ms | `HTTP 429` |');
    expect(text).not.toContain('## Chunks');
  });

  test('of an answer in one piece has it as it came', () => {
    const text = markdown([
      runStart('2a'),
      stepStart(chat()),
      attempt(1),
      headers(5),
      response(9, 'Hi'),
      stepEnd(9),
    ]);
    expect(text).toContain('"content": "Hi"');
    expect(text).toContain('`no stream`');
  });

  test('cuts a long stream in the middle', () => {
    const text = markdown(streamOf(Array.from({ length: 100 }, (_, index) => `w${index} `)));
    const rows = text.split('\n').filter((line) => line.includes("| `'w"));
    expect(rows).toHaveLength(16);
    expect(text).toContain("`'w7 '` |\n| … |  |  |  | 84 more |\n| 92 |");
  });

  test('puts what others said where none of it is markup, in a fence that it cannot close', () => {
    const text = markdown(streamOf([hostile, ''], hostile));
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
    // Outside of its fences there are only code in ticks and our own words.
    const fences = text.matchAll(/^(`{3,})\w+\n[\s\S]*?\n\1$/gm);
    const inFences = [...fences].map(([block]) => block).filter((block) => block.includes('script'));
    expect(inFences).toHaveLength(3);
    for (const block of inFences) expect(block).toMatch(/^````/);
    const outside = text
      .replace(/^(`{3,})\w+\n[\s\S]*?\n\1$/gm, '')
      .replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/script|# no heading/);
    // A cell is not ended by what is in it.
    for (const row of text.split('\n').filter((line) => /^\| [01] /.test(line))) {
      expect(row.replaceAll('\\|', '').match(/\|/g)).toHaveLength(6);
    }
  });
});

describe('SVG', () => {
  /** The elements with their attributes; throws where XML would not allow it. */
  function parse(text: string) {
    const open: string[] = [];
    const names: string[] = [];
    const rest = text.replace(
      /<(\/?)([a-z]+)((?: [a-zA-Z-]+(?::[a-z]+)?="[^"<&]*")*)(\/?)>/g,
      (_, end, name, __, empty) => {
        if (end) expect(open.pop()).toBe(name);
        else {
          names.push(name);
          if (!empty) open.push(name);
        }
        return '';
      },
    );
    expect(open).toEqual([]);
    expect(rest).not.toMatch(/[<\x00-\x08\x0b-\x1f\ufffe\uffff\p{Cs}]|&(?!(?:amp|lt|gt|quot);)/u);
    return names;
  }

  test('of a stream draws its moments, its chunks and the largest gap, and says them', () => {
    const text = svg(helloRun);
    parse(text);
    expect(text).toContain('<title id="run-title">3b: a stream of chunks</title>');
    expect(text).toContain(
      '<desc id="run-words">Practice, HTTP 200, complete, 5 chunks. Headers after 470 ms, first event after 512 ms, first content after 551 ms, last content after 640 ms, end after 643 ms. The largest gap between two chunks was 51 ms.</desc>',
    );
    // 24 to 936 are 643 ms.
    const drawn = text.split('\n').filter((line) => /class="(role|content|writing|gap)"/.test(line));
    expect(drawn).toEqual([
      '<rect class="writing" x="805.51" y="124" width="126.23" height="12"><title>content comes</title></rect>',
      '<path class="role" d="M750 116v-10"/>',
      '<path class="content" d="M805.5 116v-20"/>',
      '<path class="content" d="M878 116v-20"/>',
      '<path class="content" d="M931.5 116v-20"/>',
      '<path class="role" d="M933 116v-10"/>',
      '<path class="gap" d="M805.51 90v-4H877.85v4"/>',
    ]);
    const labels = [...text.matchAll(/<text[^>]*>([^<]*)</g)].map(([, label]) => label);
    expect(labels).toEqual([
      '3b: a stream of chunks',
      'Practice, HTTP 200, complete, 5 chunks',
      'largest gap 51 ms, before #2',
      'headers 470 ms',
      'first event 512 ms',
      'first content 551 ms',
      'last content 640 ms',
      'end 643 ms',
      ...['0 ms', '100 ms', '200 ms', '300 ms', '400 ms', '500 ms', '600 ms'],
    ]);
  });

  test('shows tries that failed, and a run that was stopped, as what they are', () => {
    expect(svg(limitedRun).match(/class="failed"/g)).toHaveLength(3);
    expect(svg(limitedRun)).toContain('HTTP 429, RateLimitError, 3 tries, 0 chunks');
    expect(svg(retriedRun).match(/class="failed"/g)).toHaveLength(1);
    expect(svg(abortedRun)).toContain('HTTP 200, aborted, 3 chunks');
  });

  test('needs nothing from elsewhere, runs nothing and follows the viewer into the dark', () => {
    const text = svg(helloRun);
    expect(text).not.toMatch(
      /<script|javascript:|on\w+=|href|url\(|@import|@font-face|http(?!:\/\/www\.w3\.org\/2000\/svg)s?:/,
    );
    expect(text).toContain('@media (prefers-color-scheme:dark)');
    expect(text).toContain('role="img" aria-labelledby="run-title run-words"');
  });

  test('of a hundred thousand chunks stays small', () => {
    const events = streamOf(Array.from({ length: 100_000 }, () => 'x'));
    expect(svg(events).length).toBeLessThan(150_000);
  });

  test('says that times are not known instead of drawing some', () => {
    for (const known of ['none', 'ends'] as const) {
      const text = svg([{ ...runStart('x'), knownTimes: known } as RunEvent, ...helloRun.slice(1)]);
      parse(text);
      expect(text).not.toMatch(/class="(content|gap|writing)"|first content/);
      expect(text).toContain(known === 'none' ? 'When anything came is not known.' : 'end 643 ms');
    }
  });

  test('of any text is valid XML with nothing in it but what it is to say', () => {
    const names = parse(svg(streamOf([hostile, hostile], hostile)));
    expect(new Set(names)).toEqual(new Set(['svg', 'title', 'desc', 'style', 'rect', 'text', 'path']));
  });

  test('of any run is valid, and so is its Markdown', () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        const log = logOf(events);
        for (const { index } of log.summary.steps) {
          const text = svgOf(log, index);
          parse(text);
          expect(text).not.toMatch(/NaN|Infinity|undefined/);
          expect(markdownOf(log, index)).not.toMatch(/\x1b|\u202e/);
        }
      }),
      { numRuns: 60 },
    );
  });
});
