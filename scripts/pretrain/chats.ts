import type { ChatMessage } from '../../src/trainer/model/chat-template';
import type { Prose } from './prose';
import type { Random } from './random';
import type { Values } from './values';

/** What a skill draws its chats from. */
export interface Material {
  readonly random: Random;
  readonly prose: Prose;
  readonly values: Values;
  /** Paragraphs made before: chats that continue a text take them. */
  readonly paragraphs: readonly string[];
}

/** Makes one chat of one skill; null when what it drew does not suit. */
export type Skill = () => ChatMessage[] | null;

export const system = (content: string): ChatMessage => ({ role: 'system', content });
export const user = (content: string): ChatMessage => ({ role: 'user', content });
export const assistant = (content: string): ChatMessage => ({ role: 'assistant', content });
