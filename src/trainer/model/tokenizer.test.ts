import { describe, expect, it } from 'vitest';
import { shippedTokenizer } from '../testing/examples';
import { encodeChat, encodePrompt } from './chat-template';
import { SPECIAL } from './tokenizer';

const tokenizer = shippedTokenizer();

describe('the tokenizer', () => {
  it.each([
    'Ship 454 pounds on 18.05.2026.',
    '{"label": "billing"}',
    '  two  spaces\n\nand lines\t',
    'Grüße, 漢字, привет, 🚀👩‍🔬, \u0000',
    '',
  ])('gives %j back', (text) => {
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });

  it('keeps digits apart and never makes special tokens from text', () => {
    expect(tokenizer.encode('2026')).toHaveLength(4);
    expect(Math.min(...tokenizer.encode('<end><bos> hello'))).toBeGreaterThan(SPECIAL.end);
  });

  it('has the size of the model', () => {
    expect(tokenizer.size).toBe(1536);
  });
});

describe('the chat template', () => {
  it('teaches assistant tokens only, and not those with weight 0', () => {
    const { ids, weights } = encodeChat(tokenizer, [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello', weight: 0 },
      { role: 'user', content: 'Bye' },
      { role: 'assistant', content: 'Bye' },
    ]);
    const answer = [...tokenizer.encode('Bye'), SPECIAL.end];
    expect(ids.at(0)).toBe(SPECIAL.bos);
    expect(ids.slice(-answer.length)).toEqual(answer);
    expect(weights).toEqual(ids.map((_, index) => (index >= ids.length - answer.length ? 1 : 0)));
  });

  it('ends a prompt with the opened assistant turn', () => {
    expect(encodePrompt(tokenizer, [{ role: 'user', content: 'Hi' }]).at(-1)).toBe(SPECIAL.assistant);
  });
});
