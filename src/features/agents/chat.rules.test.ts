import { describe, expect, it } from 'vitest';
import { agentSlug } from './agent.schema';
import { promptOf, samplingOf, slugFrom, textOf, toTrainingLine } from './chat.rules';

describe('promptOf', () => {
  it('puts the release first and keeps the caller’s own system message', () => {
    const messages = [
      { role: 'system' as const, content: 'caller' },
      { role: 'user' as const, content: 'hi' },
    ];
    expect(promptOf('agent', messages).map((message) => message.content)).toEqual(['agent', 'caller', 'hi']);
    expect(promptOf('  ', messages)).toEqual(messages);
  });
});

describe('samplingOf', () => {
  const input = { model: 'a', messages: [] };

  it('lets the caller win, and treats null as not given', () => {
    expect(samplingOf({ temperature: 0.2, maxTokens: 50 }, { ...input, temperature: 0, max_tokens: null })).toEqual({
      temperature: 0,
      topP: undefined,
      maxTokens: 50,
    });
    expect(samplingOf({}, { ...input, max_tokens: 10, max_completion_tokens: 20 }).maxTokens).toBe(20);
  });
});

describe('textOf', () => {
  it('reads parts and names what is no text', () => {
    expect(textOf([{ type: 'text', text: 'a' }, { type: 'image_url' }])).toBe('a[image_url]');
    expect(textOf(null)).toBe('');
  });
});

describe('toTrainingLine', () => {
  it('makes a chat line that ends with the answer', () => {
    const line = toTrainingLine('Be kind.', [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'hello' },
    ]);
    expect(JSON.parse(line ?? '')).toEqual({
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'hi' },
        { role: 'assistant', content: 'hello' },
      ],
    });
  });

  it('gives nothing where there is nothing to learn', () => {
    expect(toTrainingLine('', [{ role: 'user', content: 'hi' }])).toBeNull();
    expect(toTrainingLine('', [{ role: 'assistant', content: 'hi' }])).toBeNull();
    expect(
      toTrainingLine('', [
        { role: 'user', content: 'hi' },
        { role: 'assistant', content: ' ' },
      ]),
    ).toBeNull();
  });
});

describe('slugFrom', () => {
  it.each(['Support Router!', '文書', '--a--', 'x'.repeat(99)])('%s becomes a valid slug', (name) => {
    expect(agentSlug.safeParse(slugFrom(name)).success).toBe(true);
  });
});
