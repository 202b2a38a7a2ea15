import type { ChatMessage } from '../model/chat-template';

/** What the worker thread gets at its start. */
export interface GenerationSetup {
  readonly tokenizer: string;
}

export interface GenerationRequest {
  /** Path of the model's safetensors file. */
  readonly checkpoint: string;
  readonly messages: readonly ChatMessage[];
  readonly temperature: number;
  readonly topP: number;
  /** Null: until the context is full. */
  readonly maxTokens: number | null;
  readonly stop: readonly string[];
  readonly seed: number;
}

export interface GenerationEnd {
  readonly finish: 'stop' | 'length';
  readonly promptTokens: number;
  readonly completionTokens: number;
}

export type ToGenerator =
  | { readonly kind: 'start'; readonly id: number; readonly request: GenerationRequest }
  | { readonly kind: 'abort'; readonly id: number };

export type FromGenerator =
  | { readonly kind: 'text'; readonly id: number; readonly text: string }
  | { readonly kind: 'end'; readonly id: number; readonly end: GenerationEnd }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
