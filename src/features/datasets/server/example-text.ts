import type { ExampleDetail, ExampleSummary } from '../dataset.schema';
import { flagsOf } from '../flag.rules';
import { explain } from '../score.rules';
import { splits } from '../split.rules';

const SHOWN = 300;

type Json = Record<string, unknown>;

export interface ExampleRow {
  id: string;
  line: number;
  split: number;
  tokens: number;
  trainableTokens: number;
  flags: number;
  score: number | null;
  /** Null when it is too long to send for a list; `head` and `tail` then stand for it. */
  body: string | null;
  head: string;
  tail: string;
}

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Stored rows passed the checks, so their shape is known; reading stays tolerant all the same. */
function messagesOf(body: string): Json[] {
  const row: unknown = JSON.parse(body);
  return isJson(row) && Array.isArray(row.messages) ? row.messages.filter(isJson) : [];
}

/** The text of a message as it is counted: parts are joined, images become a word. */
export const textOf = (message: Json): string => partsOf(message).join('');

/** The texts of a message, one for each part of its content. */
function partsOf({ content, refusal }: Json): string[] {
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return typeof refusal === 'string' ? [refusal] : [];
  return content
    .filter(isJson)
    .map((part) =>
      typeof part.text === 'string' ? part.text : typeof part.refusal === 'string' ? part.refusal : '[image]',
    );
}

export function callsOf(message: Json): ExampleDetail['messages'][number]['toolCalls'] {
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls.filter(isJson).map((call) => call.function) : [];
  return [...calls, message.function_call].filter(isJson).map((call) => ({
    name: String(call.name ?? ''),
    arguments: String(call.arguments ?? ''),
  }));
}

export function toExampleSummary(row: ExampleRow): ExampleSummary {
  const { id, line, split, tokens, trainableTokens, flags, score, body } = row;
  const messages = body === null ? [] : messagesOf(body);
  const user = messages.find(({ role }) => role === 'user');
  const answer = messages.findLast(({ role }) => role === 'assistant');
  const called = answer ? callsOf(answer).map((call) => `${call.name}(${call.arguments})`) : [];
  return {
    ...{ id, line, tokens, trainableTokens, score },
    split: splits[split] ?? 'train',
    flags: flagsOf(flags),
    firstUserText: (body === null ? row.head : user ? partsOf(user).join(' ') : '').slice(0, SHOWN),
    lastAnswer: (body === null ? row.tail : answer ? partsOf(answer).join(' ') || called.join(' ') : '').slice(
      0,
      SHOWN,
    ),
  };
}

export function toExampleDetail(row: ExampleRow & { body: string }): ExampleDetail {
  const messages = messagesOf(row.body).map((message) => ({
    role: String(message.role),
    text: textOf(message),
    parts: partsOf(message),
    name: typeof message.name === 'string' ? message.name : null,
    toolCalls: callsOf(message),
    trained: message.role === 'assistant' && message.weight !== 0,
  }));
  // A row without a score has flags of a program that knew fewer signals: reasons for no figure would only confuse.
  const reasons = row.score === null ? [] : explain(row.flags);
  return { ...toExampleSummary(row), reasons, body: row.body, messages };
}

/** A held-out row as a question and its answer; null when it does not end with a plain text, or tools are part of it. */
export function toQuestion(body: string): { messages: { role: string; content: string }[]; expected: string } | null {
  const messages = messagesOf(body);
  const plain = messages.every((message) => callsOf(message).length === 0 && message.role !== 'tool');
  const expected = textOf(messages.at(-1) ?? {});
  if (!plain || messages.length < 2 || expected.trim() === '') return null;
  const before = messages.slice(0, -1).map((message) => ({ role: String(message.role), content: textOf(message) }));
  return { messages: before, expected };
}
