import { expect, it } from 'vitest';
import { parseUsd, toDecimalUsd } from './money';

it.each([
  ['12', 12_000_000_000n],
  ['$1,200.50', 1_200_500_000_000n],
  ['1 200.5', 1_200_500_000_000n],
  ['0.0000031', 3100n],
  ['7.', 7_000_000_000n],
  ['123456789012.123456789', 123_456_789_012_123_456_789n],
])('reads %s without losing a digit', (text, amount) => {
  expect(parseUsd(text)).toBe(amount);
});

it.each(['', '-1', '1.2.3', '1e3', 'ten', '0.0000000001'])('takes %j for no amount', (text) => {
  expect(parseUsd(text)).toBeNull();
});

it('reads back what it writes', () => {
  for (const amount of [0n, 1n, 999_999_999n, 1_000_000_000n, 42_123_456_789n]) {
    expect(parseUsd(toDecimalUsd(amount))).toBe(amount);
  }
});
