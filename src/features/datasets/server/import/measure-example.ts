import { FLAG } from '../../flag.rules';
import type { Example, Message } from '../../formats/check/example';
import type { TextMeter } from './o200k/counter';
import type { ContentHash } from './o200k/engine';

export interface Measured {
  /** Tokens of the whole example as the chat format writes it. */
  tokens: number;
  /** Tokens of the answers that are trained on. */
  trainableTokens: number;
  hash: ContentHash;
  /** Hash of everything before the last message: of what is asked. */
  question: ContentHash;
  flags: number;
  assistantTurns: number;
}

/** Each message is wrapped in three tokens, a name costs one, and the reply is primed with three. Source: OpenAI cookbook, "Data preparation and analysis for chat model fine-tuning". */
export const PER_MESSAGE = 3;
const PER_NAME = 1;
export const PRIMING = 3;

/** What follows in the hash. Never give a number another meaning: stored hashes must stay comparable. */
const PART = { shown: 1, trained: 2, name: 3, answers: 4, calls: 5, tools: 6, role: 100 } as const;
const ROLES = ['system', 'developer', 'user', 'assistant', 'tool', 'function'];

/** Tokens and hash in one pass: every text is encoded once, and both are taken from its bytes. */
export function measureExample(example: Example, meter: TextMeter): Measured {
  let tokens = PRIMING;
  let trainableTokens = 0;
  let assistantTurns = 0;
  let flags = 0;
  let question: ContentHash = { high: 0, low: 0 };
  const last = example.messages.length - 1;
  meter.startHash();
  for (const [i, message] of example.messages.entries()) {
    if (i === last) question = meter.endHash();
    takeRole(message, meter);
    const content = takeContent(message, meter);
    tokens += PER_MESSAGE + meter.countWord(message.role) + content;
    if (message.name !== null) tokens += PER_NAME + takePart(PART.name, message.name, meter);
    if (message.answers !== null) takePart(PART.answers, message.answers, meter);
    if (message.trained) trainableTokens += content;
    if (message.role === 'assistant') assistantTurns++;
    if (message.role === 'system') flags |= FLAG.system;
    else if (message.role === 'developer') flags |= FLAG.system | FLAG.developer;
    else if (message.role === 'tool' || message.role === 'function') flags |= FLAG.tools | FLAG.toolMessage;
    else if (message.role === 'assistant' && !message.trained) flags |= FLAG.untrained;
    if (message.calls !== null) flags |= FLAG.tools;
  }
  if (assistantTurns > 1) flags |= FLAG.multiTurn;
  if (example.tools !== undefined) {
    tokens += takePart(PART.tools, JSON.stringify(example.tools), meter);
    flags |= FLAG.tools;
  }
  return { tokens, trainableTokens, hash: meter.endHash(), question, flags, assistantTurns };
}

function takeRole({ role, trained }: Message, meter: TextMeter): void {
  const known = ROLES.indexOf(role);
  meter.mixNumber(PART.role + 2 * known + (trained ? PART.trained : PART.shown));
  if (known < 0) meter.take(role);
}

function takeContent(message: Message, meter: TextMeter): number {
  let tokens = meter.take(message.text);
  if (message.calls === null) return tokens;
  meter.mixNumber(PART.calls);
  meter.mixNumber(message.calls.length);
  for (const { name, args } of message.calls) tokens += meter.take(name) + meter.take(args);
  return tokens;
}

function takePart(part: number, text: string, meter: TextMeter): number {
  meter.mixNumber(part);
  return meter.take(text);
}
