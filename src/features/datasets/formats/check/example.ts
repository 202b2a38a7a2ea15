/** A row after the checks: what measuring and hashing need, in the order of the file. */
export interface Message {
  role: string;
  /** Text of the content; parts are joined. */
  text: string;
  name: string | null;
  /** Tool calls and other structured parts as they stood, or null. */
  calls: readonly { name: string; args: string }[] | null;
  /** Links a tool's answer to its call. */
  answers: string | null;
  trained: boolean;
}

export interface Example {
  messages: Message[];
  /** Tool definitions as they stood, or undefined. */
  tools: unknown;
}
