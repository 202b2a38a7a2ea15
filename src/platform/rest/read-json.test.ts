import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseInput } from './read-json';

it('ends its sentence once, whatever the words of a field end with', () => {
  const shape = z.object({ name: z.string().max(3, 'At most 3 characters.'), size: z.number('Give a number') });
  expect(() => parseInput(shape, { name: 'long' }, 'query')).toThrow(
    'The query needs 2 corrections. name: At most 3 characters; size: Give a number.',
  );
});
