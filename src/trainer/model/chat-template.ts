import { SPECIAL, type Tokenizer } from './tokenizer';

export type ChatRole = 'system' | 'developer' | 'user' | 'assistant' | 'tool';

/** A message as the model sees it: plain text. */
export interface ChatMessage {
  readonly role: ChatRole;
  readonly content: string;
  /** Of an assistant message: 0 keeps it in the context without learning it. Default 1. */
  readonly weight?: number | undefined;
}

export interface EncodedChat {
  readonly ids: number[];
  /** `weights[i]` > 0: the model is taught to predict `ids[i]` from what comes before it. */
  readonly weights: number[];
}

const ROLE_TOKEN: Record<ChatRole, number> = {
  system: SPECIAL.system,
  developer: SPECIAL.system,
  user: SPECIAL.user,
  assistant: SPECIAL.assistant,
  // the base was never shown tool results; reading them as the user's words is the nearest it knows
  tool: SPECIAL.user,
};

/** `<bos>` then, per message, a role token, its text and `<end>`. Assistant text and its `<end>` carry the weight. */
export function encodeChat(tokenizer: Tokenizer, messages: readonly ChatMessage[]): EncodedChat {
  const ids: number[] = [SPECIAL.bos];
  const weights: number[] = [0];
  for (const message of messages) {
    const weight = message.role === 'assistant' ? (message.weight ?? 1) : 0;
    const text = tokenizer.encode(message.content);
    ids.push(ROLE_TOKEN[message.role], ...text, SPECIAL.end);
    weights.push(0, ...text.map(() => weight), weight);
  }
  return { ids, weights };
}

/** The prompt that asks for the next assistant message. */
export function encodePrompt(tokenizer: Tokenizer, messages: readonly ChatMessage[]): number[] {
  return [...encodeChat(tokenizer, messages).ids, SPECIAL.assistant];
}
