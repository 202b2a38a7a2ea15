import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileExpression, ExpressionError } from './expression';

const evaluate = (source: string, event: unknown, incoming?: unknown) =>
  compileExpression(source, ['event', 'async'])({ event, async: incoming });

describe('expressions', () => {
  const event = { name: 'a', data: { n: 5, s: 'yes', b: true, list: [1, { x: 'y' }], 'odd key': 1, true: 2 } };

  it.each([
    ['event.data.n > 4', true],
    ['event.data.n >= 5 && event.data.n <= 5', true],
    ['event.data.n < 5 || event.data.s == "no"', false],
    ["event.data.s == 'yes'", true],
    ['event.data.s != "yes"', false],
    ['!event.data.b', false],
    ['!(event.data.n == 1)', true],
    ['event.data.list[1].x == "y"', true],
    ['event.data["odd key"] == 1', true],
    ['event.data.true == 2', true],
    ['event.data.n + 1 == 6', true],
    ['event.data.s + "-" + event.data.n', 'yes-5'],
    ['-event.data.n == -5', true],
    ['1 + 2 == 3 && true', true],
    ['false || false && true', false],
    ['"\\u0041\\n\\"" == "A\n\\""', true],
    ['1.5e2 == 150', true],
  ])('%s is %s', (source, value) => {
    expect(evaluate(source, event)).toBe(value);
  });

  it('takes what is missing as null, and as equal to what is missing on the other side', () => {
    expect(evaluate('event.data.gone.deeper', event)).toBeNull();
    expect(evaluate('event.data.gone == null', event)).toBe(true);
    expect(evaluate('event.data.x == async.data.x', { data: {} }, { data: {} })).toBe(true);
    expect(evaluate('event.data.x == async.data.x', { data: { x: 1 } }, { data: {} })).toBe(false);
  });

  it('never reaches into prototypes', () => {
    expect(evaluate('event.data.constructor', event)).toBeNull();
    expect(evaluate('event.data.s.length', event)).toBeNull();
  });

  it('compares only like with like', () => {
    expect(evaluate('event.data.s > 3', event)).toBe(false);
    expect(evaluate('event.data.n == "5"', event)).toBe(false);
  });

  it.each([
    'has(event.data.x)',
    'event.data.n in [1, 2]',
    'event.data.n ? 1 : 2',
    'size(event.data.list) > 1',
    'event.data.s.startsWith("y")',
    'steps.a',
    'event.data.n ==',
    '(event.data.n',
    'event..data',
    'a',
    '',
    '   ',
    '"open',
  ])('refuses %j', (source) => {
    expect(() => compileExpression(source, ['event', 'async'])).toThrow(ExpressionError);
  });

  it('refuses `async` where there is only one event', () => {
    expect(() => compileExpression('async.data.x == 1', ['event'])).toThrow(/not supported by the embedded executor/);
  });

  it('either compiles or refuses, whatever it is given', () => {
    const piece = fc.constantFrom(
      'event',
      'async',
      '.',
      'data',
      '(',
      ')',
      '[',
      ']',
      '"s"',
      '1',
      '==',
      '&&',
      '!',
      '+',
      ' ',
      '-',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        try {
          compileExpression(pieces.join(''), ['event', 'async'])({ event, async: event });
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
      }),
    );
  });
});
