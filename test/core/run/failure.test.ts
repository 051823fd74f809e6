import { expect, test } from 'vitest';
import type { SdkError } from '../../../src/core/run/events.ts';
import { shortMessage } from '../../../src/core/run/failure.ts';

const short = (message: string) => shortMessage({ message } as SdkError);

test('the lines of a page end as lines do here, and none is empty at the end', () => {
  expect(short('502 <html>\r\n<body>\r\n</html>\r\n\r\n')).toBe('502 <html>\n<body>\n</html>');
  expect(short('a lone \r is not the end of a line')).toContain('\r');
});

test('a long message is cut and says so', () => {
  expect(short('x'.repeat(500))).toBe('x'.repeat(500));
  expect(short('x'.repeat(501))).toBe(`${'x'.repeat(499)}…`);
  expect(short(`${'x'.repeat(100)}${'\n'.repeat(9000)}y`)).toMatch(/^x{100}…$/);
});
