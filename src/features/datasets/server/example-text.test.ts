import { expect, it } from 'vitest';
import { toExampleDetail } from './example-text';

const row = (...messages: unknown[]) => ({
  ...{ id: 'a', line: 1, split: 0, tokens: 1, trainableTokens: 1, flags: 0, score: null, head: '', tail: '' },
  body: JSON.stringify({ messages }),
});

it('keeps the parts of a message apart where it is read, and one text where it is counted', () => {
  const image = { type: 'image_url', image_url: { url: 'https://a.example/b.png' } };
  const { messages, firstUserText } = toExampleDetail(
    row(
      { role: 'user', content: [{ type: 'text', text: 'what is this?' }, image] },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'part one' },
          { type: 'text', text: 'part two' },
        ],
      },
      { role: 'assistant', content: [{ type: 'text', text: 'alone' }] },
    ),
  );
  expect(messages.map(({ text, parts }) => [text, parts])).toEqual([
    ['what is this?[image]', ['what is this?', '[image]']],
    ['part onepart two', ['part one', 'part two']],
    ['alone', ['alone']],
  ]);
  expect(firstUserText).toBe('what is this? [image]');
});
