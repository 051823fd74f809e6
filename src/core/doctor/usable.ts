import { practicePrefix } from '../api/endpoint.ts';
import { findKeys } from '../api/keys.ts';
import { keyName } from './key-names.ts';

const noFile = (): string => {
  throw Object.assign(new Error('none'), { code: 'ENOENT' });
};

/** Whether the program would take a value as a key: neither empty nor a placeholder. It judges itself. */
export const isUsable = (value: string): boolean =>
  findKeys({ env: { [keyName]: value }, cwd: '.', readFile: noFile }).key !== null;

/** A usable key that opens something, unlike those of practice. */
export const isRealKey = (value: string): boolean =>
  isUsable(value) && !value.trim().startsWith(practicePrefix);
