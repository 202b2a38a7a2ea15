import { createHash } from 'node:crypto';
import { type Example, FLAG, type Message } from './example';
import type { TokenCounter } from './o200k/counter';

export interface Measured {
  /** Tokens of the whole example as the chat format writes it. */
  tokens: number;
  /** Tokens of the answers that are trained on. */
  trainableTokens: number;
  /** First eight bytes of a sha256 over the content, not over the JSON: key order and spaces do not make an example new. */
  hash: Buffer;
  flags: number;
  assistantTurns: number;
}

/** Each message is wrapped in three tokens, a name costs one, and the reply is primed with three. Source: OpenAI cookbook, "Data preparation and analysis for chat model fine-tuning". */
const PER_MESSAGE = 3;
const PER_NAME = 1;
const PRIMING = 3;

export function measureExample(example: Example, counter: TokenCounter): Measured {
  let tokens = PRIMING;
  let trainableTokens = 0;
  let assistantTurns = 0;
  let flags = 0;
  for (const message of example.messages) {
    const content = contentTokens(message, counter);
    tokens += PER_MESSAGE + counter.count(message.role) + content;
    if (message.name !== null) tokens += PER_NAME + counter.count(message.name);
    if (message.trained) trainableTokens += content;
    if (message.role === 'assistant') assistantTurns++;
    if (message.role === 'system' || message.role === 'developer') flags |= FLAG.system;
    if (message.calls !== null || message.role === 'tool') flags |= FLAG.tools;
  }
  if (assistantTurns > 1) flags |= FLAG.multiTurn;
  if (example.tools !== undefined) {
    tokens += counter.count(JSON.stringify(example.tools));
    flags |= FLAG.tools;
  }
  return { tokens, trainableTokens, hash: hashExample(example), flags, assistantTurns };
}

function contentTokens(message: Message, counter: TokenCounter): number {
  const calls = message.calls ?? [];
  return calls.reduce(
    (sum, call) => sum + counter.count(call.name) + counter.count(call.args),
    counter.count(message.text),
  );
}

/** Lengths stand before the texts, so no two conversations can be written alike. */
function hashExample({ messages, tools }: Example): Buffer {
  const hash = createHash('sha256');
  for (const { role, text, name, calls, answers, trained } of messages) {
    hash.update(`${role}|${name ?? ''}|${trained ? 1 : 0}|${text.length}|`).update(text);
    if (calls !== null) hash.update(JSON.stringify(calls));
    if (answers !== null) hash.update(`|${answers}`);
  }
  if (tools !== undefined) hash.update(JSON.stringify(tools));
  return hash.digest().subarray(0, 8);
}
