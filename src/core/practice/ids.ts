import { type Random, randomText } from './random.ts';

export const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const hex = '0123456789abcdef';

// Lengths as captured live, 2024-11 to 2026-09.
export const completionId = (random: Random): string => `chatcmpl-${randomText(random, base62, 29)}`;
export const toolCallId = (random: Random): string => `call_${randomText(random, base62, 24)}`;
export const requestId = (random: Random): string => `req_${randomText(random, hex, 32)}`;
export const fingerprint = (random: Random): string => `fp_${randomText(random, hex, 10)}`;

/** Whom every practice key belongs to. */
export const organization = 'org-practice';
export const project = 'proj_practice';
