'use client';

import { useCallback, useRef, useState } from 'react';
import { readChatStream } from './read-chat-stream';

export interface Turn {
  id: number;
  role: 'user' | 'assistant';
  content: string;
  /** Of an answer: how it went, once it has ended. */
  latencyMs?: number;
  tokens?: number;
  conversationId?: string | undefined;
  error?: string;
}

export interface Chat {
  turns: readonly Turn[];
  busy: boolean;
  send(text: string): Promise<void>;
  stop(): void;
  clear(): void;
}

/**
 * One running conversation with a release of an agent, through the same door that callers use.
 * @param releaseId the release to ask; empty for the active one
 */
export function useChat({ slug, releaseId }: { slug: string; releaseId: string }): Chat {
  const [turns, setTurns] = useState<readonly Turn[]>([]);
  const [busy, setBusy] = useState(false);
  const running = useRef<AbortController | null>(null);
  const nextId = useRef(0);

  const change = useCallback((id: number, update: (turn: Turn) => Turn) => {
    setTurns((all) => all.map((turn) => (turn.id === id ? update(turn) : turn)));
  }, []);

  async function send(text: string): Promise<void> {
    const question: Turn = { id: nextId.current++, role: 'user', content: text };
    const answer: Turn = { id: nextId.current++, role: 'assistant', content: '' };
    // An answer that failed is no part of what is said next.
    const history = [...turns.filter((turn) => !turn.error), question];
    setTurns((all) => [...all, question, answer]);
    setBusy(true);
    const abort = new AbortController();
    running.current = abort;
    const started = performance.now();
    try {
      const response = await fetch('/api/v1/chat/completions', {
        method: 'POST',
        signal: abort.signal,
        headers: { 'content-type': 'application/json', 'x-tuneloop-playground': releaseId },
        body: JSON.stringify({
          model: slug,
          stream: true,
          stream_options: { include_usage: true },
          messages: history.map(({ role, content }) => ({ role, content })),
        }),
      });
      const conversationId = response.headers.get('x-tuneloop-conversation') ?? undefined;
      for await (const delta of readChatStream(response)) {
        const { content, usage } = delta;
        change(answer.id, (turn) => ({
          ...turn,
          content: turn.content + (content ?? ''),
          ...(usage && { tokens: usage.completionTokens }),
        }));
      }
      change(answer.id, (turn) => ({ ...turn, latencyMs: performance.now() - started, conversationId }));
    } catch (error) {
      const said = abort.signal.aborted ? 'Stopped.' : error instanceof Error ? error.message : String(error);
      change(answer.id, (turn) => ({ ...turn, error: said }));
    } finally {
      running.current = null;
      setBusy(false);
    }
  }

  const stop = useCallback(() => running.current?.abort(), []);
  const clear = useCallback(() => {
    running.current?.abort();
    setTurns([]);
  }, []);

  return { turns, busy, send, stop, clear };
}
