import { expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './keyset';

it('gives back what was put in, and nothing for no cursor', () => {
  expect(decodeCursor(encodeCursor(['a', 1n, 2]))).toEqual(['a', '1', '2']);
  for (const none of [null, undefined, '']) expect(decodeCursor(none)).toBeNull();
});

it.each(['nonsense', 'e30', encodeCursor(['a']).slice(1)])(
  'refuses the cursor %j, which no list gave out',
  (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(
      expect.objectContaining({ kind: 'invalid_input', reason: 'input.unknown_cursor' }),
    );
  },
);
