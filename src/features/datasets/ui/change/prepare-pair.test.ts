import { describe, expect, it } from 'vitest';
import { pairMessages, saidIn } from './prepare-pair';

const row = (...messages: object[]): string => JSON.stringify({ messages });
const system = { role: 'system', content: 'Be brief.' };
const user = { role: 'user', content: 'Hi ' };
const answer = { role: 'assistant', content: 'Hello.' };

describe('a row as what is said in it', () => {
  it('shows texts, and JSON for all that is none', () => {
    expect(saidIn(row(user))).toEqual([{ role: 'user', text: 'Hi ' }]);
    expect(saidIn('{"messages":[{"role":"assistant","content":"x","weight":0}],"tools":[]}')).toEqual([
      { role: 'assistant', text: 'x\n{"weight":0}' },
      { role: 'other keys', text: '{"tools":[]}' },
    ]);
    expect(saidIn('not json')).toEqual([{ role: 'row', text: 'not json' }]);
  });
});

describe('two sides of a row', () => {
  const sides = (before: string, after: string) =>
    pairMessages(saidIn(before), saidIn(after)).map(({ before, after, same }) => [before?.text, after?.text, same]);

  it('pairs what changed and leaves alone what did not', () => {
    expect(sides(row(user, answer), row({ role: 'user', content: 'Hi' }, answer))).toEqual([
      ['Hi ', 'Hi', false],
      ['Hello.', 'Hello.', true],
    ]);
  });

  it('sees a system prompt come and go without shifting the rest', () => {
    expect(sides(row(user, answer), row(system, user, answer))).toEqual([
      [undefined, 'Be brief.', false],
      ['Hi ', 'Hi ', true],
      ['Hello.', 'Hello.', true],
    ]);
    expect(sides(row(system, user), row({ role: 'user', content: 'Hi' }))).toEqual([
      ['Be brief.', undefined, false],
      ['Hi ', 'Hi', false],
    ]);
  });

  it('shows a whole row that came or went', () => {
    expect(pairMessages([], saidIn(row(user))).map(({ before, after }) => [before, after?.text])).toEqual([
      [null, 'Hi '],
    ]);
  });
});
