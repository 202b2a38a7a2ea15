import type { Tx } from '@/lib/transaction';
import { database } from '@/platform/db/database';

export interface NewConversation {
  id: string;
  workspaceId: string;
  agentId: string;
  releaseId: string;
  source: 'api' | 'playground';
  status: 'ok' | 'error' | 'interrupted';
  error: string | null;
  tokensIn: number;
  tokensOut: number;
  costNanoUsd: bigint | null;
  latencyMs: number;
}

export interface NewMessage {
  role: string;
  content: string;
  /** The message as it was on the wire, kept when it holds more than a role and a text. */
  raw: Record<string, unknown> | null;
}

export const conversationRepository = {
  insert: async (tx: Tx, conversation: NewConversation, messages: NewMessage[]): Promise<void> => {
    await database(tx).conversation.create({ data: conversation, select: { id: true } });
    await database(tx).message.createMany({
      data: messages.map(({ raw, ...message }, seq) => ({
        ...message,
        conversationId: conversation.id,
        seq,
        ...(raw && { raw: raw as object }),
      })),
    });
  },

  setRating: (tx: Tx, workspaceId: string, id: string, rating: number | null) =>
    database(tx).conversation.updateMany({ where: { id, workspaceId }, data: { rating } }),

  addFeedback: (
    tx: Tx,
    feedback: { conversationId: string; rating: number | null; comment: string | null; byLabel: string },
  ) => database(tx).feedback.create({ data: feedback, select: { id: true } }),
};

export type ConversationRepository = typeof conversationRepository;
