import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';

/** The JSON body of one chat completion request. */
export type ChatBody = ChatCompletionCreateParams;

/** What one step asks for: a chat completion, or one model's card (`GET /models/{id}`: free, but needs a key). */
export type StepRequest =
  | { readonly kind: 'chat'; readonly body: ChatBody }
  | { readonly kind: 'model'; readonly model: string };
