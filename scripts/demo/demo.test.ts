import { describe, expect, it } from 'vitest';
import { readDemoOptions } from './options';
import { chooseQuestions, conversationOf, readSample, SAMPLE } from './sample';
import { bar, cut, duration, percent } from './screen';
import { beats } from './summary';

describe('readDemoOptions', () => {
  it('knows an installation only with its key', () => {
    expect(readDemoOptions(['--url', 'http://h:3000/', '--key', 'tl_x', '--json'])).toMatchObject({
      json: true,
      target: { url: 'http://h:3000', key: 'tl_x' },
    });
    expect(readDemoOptions([])).toMatchObject({ json: false, target: null });
  });

  it.each([
    [['--url', 'http://h'], /go together/],
    [['--url', 'h', '--key', 'k'], /"h" is not an address/],
    [['--jsno'], /--jsno.*npm run demo/s],
  ])('explains %j', (args, message) => {
    expect(() => readDemoOptions(args)).toThrow(message);
  });
});

describe('what the screen shows', () => {
  it('draws a bar of constant width', () => {
    const widths = Array.from({ length: 101 }, (_, i) => bar(i / 100).length);
    expect(new Set(widths).size).toBe(1);
    expect(bar(0, 4)).toBe('▕    ▏   0 %');
    expect(bar(0.5, 4)).toBe('▕██  ▏  50 %');
    expect(bar(7, 4)).toBe('▕████▏ 100 %');
  });

  it('rounds times up and shows unknown shares as such', () => {
    expect([duration(0), duration(1), duration(59_001), duration(65_000)]).toEqual([
      '0 s',
      '1 s',
      '1 m 00 s',
      '1 m 05 s',
    ]);
    expect([percent(0), percent(0.975), percent(1), percent(null)]).toEqual(['0 %', '97.5 %', '100 %', 'not measured']);
    expect(cut('a\nlong line', 6)).toBe('a lon…');
  });
});

describe('the questions', () => {
  const row = (question: string, expected: string) => ({ question, expected, base: '', tuned: '' });

  it('have different right answers where there are such', () => {
    const rows = [row('1', 'a'), row('2', 'a'), row('3', 'b'), row('4', 'c'), row('5', 'd')];
    expect(chooseQuestions(rows).map(({ question }) => question)).toEqual(['1', '3', '4']);
    expect(chooseQuestions(rows.slice(0, 2)).map(({ question }) => question)).toEqual(['1', '2']);
  });

  it('are asked below the system message of the sample', () => {
    const sample = readSample(SAMPLE.path);
    const messages = conversationOf(sample[0]?.[1]?.content ?? '', sample);
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(conversationOf('What is this?', sample)).toEqual([{ role: 'user', content: 'What is this?' }]);
  });
});

describe('beats', () => {
  const score = (exactMatch: number | null, loss: number | null) => ({ exactMatch, loss });

  it.each([
    ['more right answers', score(0.9, 9), score(0.1, 1), true],
    ['as many right answers', score(0.5, 0.1), score(0.5, 3), false],
    ['a lower loss, answers not measured', score(null, 0.1), score(null, 3), true],
    ['one side not measured', score(0.9, null), score(null, null), false],
  ])('%s', (_, tuned, base, expected) => {
    expect(beats(tuned, base)).toBe(expected);
  });
});
