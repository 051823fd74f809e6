import { isIPv4, isIPv6 } from 'node:net';

interface Format {
  readonly holds: (text: string) => boolean;
  /** What stands in where a prompt holds nothing of the format. */
  readonly sample: string;
}

const like = (pattern: RegExp) => (text: string) => pattern.test(text);

const label = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?';
const unreserved = "(?:[\\w.~:/?@!$&'()*+,;=-]|%[\\da-f]{2})";
const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';
const time = new RegExp(`^${clock}$`, 'i');

/** The formats that are checked. They accept no more than the specifications do, but may accept less. */
const formats: Readonly<Record<string, Format>> = {
  date: { holds: isDate, sample: '2025-01-15' },
  time: { holds: like(time), sample: '09:30:00Z' },
  'date-time': {
    holds: (text) => isDate(text.slice(0, 10)) && text[10] === 'T' && time.test(text.slice(11)),
    sample: '2025-01-15T09:30:00Z',
  },
  duration: {
    holds: like(/^P(?:\d+W|(?=\d|T)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/),
    sample: 'PT30M',
  },
  email: {
    holds: like(new RegExp(`^[\\w+-]+(?:\\.[\\w+-]+)*@${label}(?:\\.${label})+$`, 'i')),
    sample: 'ada@example.com',
  },
  hostname: {
    holds: like(new RegExp(`^(?=.{1,253}$)${label}(?:\\.${label})*$`, 'i')),
    sample: 'example.com',
  },
  ipv4: { holds: isIPv4, sample: '192.0.2.1' },
  ipv6: { holds: (text) => isIPv6(text) && !text.includes('%'), sample: '2001:db8::1' },
  uuid: {
    holds: like(/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i),
    sample: '123e4567-e89b-42d3-a456-426614174000',
  },
  uri: {
    holds: like(
      new RegExp(
        `^[a-z][a-z\\d+.-]*://${label}(?:\\.${label})*(?::\\d+)?(?:[/?]${unreserved}*)?(?:#${unreserved}*)?$`,
        'i',
      ),
    ),
    sample: 'https://example.com',
  },
  'uri-reference': {
    holds: like(new RegExp(`^${unreserved}*(?:#${unreserved}*)?$`, 'i')),
    sample: '/example',
  },
  'json-pointer': { holds: like(/^(?:\/(?:[^~/]|~[01])*)*$/u), sample: '/example' },
  byte: {
    holds: like(/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/),
    sample: 'ZXhhbXBsZQ==',
  },
  regex: { holds: isPattern, sample: '.*' },
};

/** Formats of numbers that leave no place for a fraction. */
export const wholeFormats: ReadonlySet<unknown> = new Set(['int32', 'int64']);

/** Any text has a format that is not known here. */
export const hasFormat = (text: string, format: string): boolean =>
  Object.hasOwn(formats, format) ? formats[format]!.holds(text) : true;

export const sampleOf = (format: string): string | undefined =>
  Object.hasOwn(formats, format) ? formats[format]!.sample : undefined;

export function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (!year) return false;
  // A day that a month does not have moves the date into the next one.
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}
