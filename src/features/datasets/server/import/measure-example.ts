import { FLAG } from '../../flag.rules';
import { type ContentHash, hashExample } from './content-hash';
import type { Example, Message } from './example';
import type { TokenCounter } from './o200k/counter';

export interface Measured {
  /** Tokens of the whole example as the chat format writes it. */
  tokens: number;
  /** Tokens of the answers that are trained on. */
  trainableTokens: number;
  hash: ContentHash;
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
