import { expect, it } from 'vitest';
import { nothingUsable } from './words';

it.each([
  [1, { not_json: 1 }, 'The only row cannot be used. Most common: lines are not valid JSON (once). '],
  [
    1200,
    { not_json: 1150, last_not_assistant: 50 },
    'None of the 1200 rows can be used. Most common: lines are not valid JSON (1150 times). ',
  ],
])('says why none of %i rows is left', (rows, totals, words) => {
  expect(nothingUsable(rows, totals)).toContain(words);
});
