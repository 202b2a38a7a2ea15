import type { Example } from '../../formats/check/example';

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
