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

/** What the figures of a version need of a row besides its numbers. */
export interface Conversation {
  roles: readonly string[];
  /** The last text of the assistant. */
  answer: { readonly text: string };
}

export const conversationOf = ({ messages }: Example): Conversation => ({
  roles: messages.map(({ role }) => role),
  answer: { text: messages.findLast(({ role }) => role === 'assistant')?.text ?? '' },
});
