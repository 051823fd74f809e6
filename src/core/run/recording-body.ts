import { isRecord, listOf } from '../json.ts';
import type { ChatBody } from './request.ts';

/** Views walk into values by recursion. */
const deepest = 100;

/** Whether a value is nested deeper than anything may be that is shown. */
export function isDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth >= deepest) return true;
  for (const key in value) {
    if (isDeep((value as Readonly<Record<string, unknown>>)[key], depth + 1)) return true;
  }
  return false;
}

/**
 * The body of a request as views may rely on it: it names a model and holds messages with their roles, if only an
 * empty one of either. The attempt has it as it was sent. Null where it is no object, or none that can be shown.
 */
export function readBody(value: unknown): ChatBody | null {
  if (!isRecord(value) || isDeep(value)) return null;
  const messages = listOf(value.messages).filter(isRecord);
  const hasRoles = messages.every(({ role }) => typeof role === 'string');
  const isWhole = Array.isArray(value.messages) && messages.length === value.messages.length;
  if (typeof value.model === 'string' && hasRoles && isWhole) return value as unknown as ChatBody;
  return {
    ...value,
    model: typeof value.model === 'string' ? value.model : '',
    messages: messages.map((message) =>
      typeof message.role === 'string' ? message : { ...message, role: '' },
    ),
  } as unknown as ChatBody;
}
