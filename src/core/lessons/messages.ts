import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';

/** The model that every experiment asks. */
export const model = 'gpt-4o-mini';

export const system = (content: string): ChatCompletionMessageParam => ({ role: 'system', content });
export const user = (content: string): ChatCompletionMessageParam => ({ role: 'user', content });
export const assistant = (content: string): ChatCompletionMessageParam => ({ role: 'assistant', content });
