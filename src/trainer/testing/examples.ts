import type { EncodedChat } from '../model/chat-template';
import { encodeChat } from '../model/chat-template';
import { Tokenizer } from '../model/tokenizer';

export const BASE_CHECKPOINT = 'src/trainer/assets/tiny-chat-1.safetensors';
export const TOKENIZER_FILE = 'src/trainer/assets/tokenizer.json';

/** The tokenizer that is shipped. */
export function shippedTokenizer(): Tokenizer {
  return Tokenizer.fromFile(TOKENIZER_FILE);
}

/** A one-turn conversation, encoded. */
export function encodedTurn(question: string, answer: string): EncodedChat {
  return encodeChat(shippedTokenizer(), [
    { role: 'user', content: question },
    { role: 'assistant', content: answer },
  ]);
}

const COLOURS = ['red', 'blue', 'green', 'black', 'white'];

/** Short chat examples as JSONL: a rule that a few steps begin to learn. Rows of 32 tokens hold them. */
export function colourExamples(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const messages = [
      { role: 'user', content: `The lamp ${index} is ${colour}.` },
      { role: 'assistant', content: `colour: ${colour}` },
    ];
    return JSON.stringify({ messages });
  });
  return `${lines.join('\n')}\n`;
}
