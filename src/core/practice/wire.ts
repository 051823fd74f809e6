/** A part of a message whose content is a list. Only text and refusals mean something to a practice model. */
interface ContentPart {
  readonly type?: string;
  readonly text?: string;
  readonly refusal?: string;
}

export interface FunctionCall {
  readonly name: string;
  /** JSON text, as the API sends it. */
  readonly arguments: string;
}

export type ToolCall = { readonly id: string } & (
  | { readonly type: 'function'; readonly function: FunctionCall }
  | { readonly type: 'custom'; readonly custom: { readonly name: string; readonly input: string } }
);

/** One message of a request that passed validation. */
export interface Message {
  readonly role: string;
  readonly content?: string | readonly ContentPart[] | null;
  readonly refusal?: string | null;
  readonly name?: string;
  readonly tool_calls?: readonly ToolCall[] | null;
  readonly tool_call_id?: string;
  readonly function_call?: FunctionCall | null;
}

/** The parts of a JSON Schema that count as prompt tokens. */
export interface ParameterSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, ParameterSchema>>;
}

export interface FunctionDefinition {
  readonly name: string;
  readonly description?: string | null;
  readonly parameters?: ParameterSchema | null;
}

interface CustomDefinition {
  readonly name: string;
  readonly description?: string | null;
  readonly format?: {
    readonly type: string;
    readonly grammar?: { readonly syntax: string; readonly definition: string } | null;
  } | null;
}

export type Tool =
  | { readonly type: 'function'; readonly function: FunctionDefinition }
  | { readonly type: 'custom'; readonly custom: CustomDefinition };

/** One tool by its name. Without a type it is a function. */
export type ToolReference =
  | { readonly type?: 'function'; readonly function: { readonly name: string } }
  | { readonly type: 'custom'; readonly custom: { readonly name: string } };

export type ToolChoice =
  | 'none'
  | 'auto'
  | 'required'
  | ToolReference
  | {
      readonly type: 'allowed_tools';
      readonly allowed_tools: {
        readonly mode: 'auto' | 'required';
        readonly tools: readonly ToolReference[];
      };
    };

interface ResponseFormat {
  readonly type: 'text' | 'json_object' | 'json_schema';
  readonly json_schema?: {
    readonly name: string;
    readonly schema?: unknown;
    readonly strict?: boolean | null;
  };
}

/** The efforts of the models here; others have more. */
export type ReasoningEffort = 'minimal' | 'low' | 'medium' | 'high';

/** A chat completion request that passed validation: what of it means something to a practice model. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly max_tokens?: number | null;
  readonly max_completion_tokens?: number | null;
  readonly temperature?: number | null;
  readonly top_p?: number | null;
  readonly presence_penalty?: number | null;
  readonly frequency_penalty?: number | null;
  readonly logit_bias?: Readonly<Record<string, number>> | null;
  readonly seed?: number | null;
  readonly n?: number | null;
  readonly stop?: string | readonly string[] | null;
  readonly logprobs?: boolean | null;
  readonly top_logprobs?: number | null;
  readonly stream?: boolean | null;
  readonly stream_options?: {
    readonly include_usage?: boolean | null;
    readonly include_obfuscation?: boolean | null;
  } | null;
  readonly tools?: readonly Tool[] | null;
  readonly tool_choice?: ToolChoice | null;
  readonly parallel_tool_calls?: boolean | null;
  readonly functions?: readonly FunctionDefinition[] | null;
  readonly function_call?: 'none' | 'auto' | { readonly name: string } | null;
  readonly response_format?: ResponseFormat | null;
  readonly reasoning_effort?: ReasoningEffort | null;
  readonly prediction?: { readonly content: Message['content'] } | null;
  readonly service_tier?: string | null;
  readonly moderation?: object | null;
}

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'function_call' | 'content_filter';

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number; readonly audio_tokens: number };
  readonly completion_tokens_details: {
    readonly reasoning_tokens: number;
    readonly audio_tokens: number;
    readonly accepted_prediction_tokens: number;
    readonly rejected_prediction_tokens: number;
  };
}

/** The text of a message's content, its text parts joined. */
export function messageText({ content }: Pick<Message, 'content'>): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => part.text ?? part.refusal ?? '').join('');
}

/** The name of a tool, wherever one is named. */
export const toolName = (tool: Tool | ToolReference | ToolCall): string =>
  tool.type === 'custom' ? tool.custom.name : tool.function.name;
