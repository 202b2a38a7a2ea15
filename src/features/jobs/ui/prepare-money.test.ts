import { expect, it } from 'vitest';
import { usd } from '@/lib/money';
import { costLine, estimateText, launchLabel, parseDollars } from './prepare-money';

const words = {
  ...{ arithmetic: [], source: null, checkedAt: null, freeReason: null, unknownReason: null, serving: null },
};
const paid = { ...words, low: usd(3.6), expected: usd(4), high: usd(4.2), free: false };
const free = { ...words, low: 0n, expected: 0n, high: 0n, free: true };
const unknown = { ...words, low: null, expected: null, high: null, free: false };

it('tells an estimate as a range, one figure, free or unknown, and never unknown as nothing', () => {
  expect(estimateText(paid)).toBe('$3.60 to $4.20');
  expect(estimateText({ ...paid, low: usd(4), high: usd(4) })).toBe('$4.00');
  expect(estimateText(free)).toBe('free');
  expect(estimateText(unknown)).toBe('price unknown');
});

it.each([
  ['free on this machine', { estimate: free, hold: 0n, needsCap: false }, null, true, 'Launch · free on this machine'],
  ['free elsewhere', { estimate: free, hold: 0n, needsCap: false }, null, false, 'Launch · free'],
  ['paid', { estimate: paid, hold: usd(4.2), needsCap: false }, null, false, 'Launch · up to $4.20'],
  ['paid with a lower cap', { estimate: paid, hold: usd(4.2), needsCap: false }, usd(3), false, 'Launch · up to $3.00'],
  [
    'paid with a higher cap',
    { estimate: paid, hold: usd(4.2), needsCap: false },
    usd(9),
    false,
    'Launch · up to $4.20',
  ],
  ['unknown', { estimate: unknown, hold: null, needsCap: true }, null, false, 'Launch · needs a cost cap'],
  ['unknown with a cap', { estimate: unknown, hold: null, needsCap: true }, usd(5), false, 'Launch · up to $5.00'],
])('puts the most it can cost on the button: %s', (_case, plan, cap, local, label) => {
  expect(launchLabel({ plan, cap, local })).toBe(label);
});

it('tells what a job costs against its estimate and cap', () => {
  expect(costLine({ cost: usd(1.92), charged: null, estimate: paid, cap: usd(5) })).toBe(
    '$1.92 so far · estimate $3.60 to $4.20 · cap $5.00',
  );
  expect(costLine({ cost: usd(4), charged: usd(4), estimate: paid, cap: null })).toBe(
    '$4.00 charged · estimate $3.60 to $4.20',
  );
  expect(costLine({ cost: 0n, charged: 0n, estimate: free, cap: null })).toBe('free');
});

it.each([
  ['4.20', 4_200_000_000n],
  [' $5 ', 5_000_000_000n],
  ['0.000000001', 1n],
  ['0', 0n],
])('reads %s exactly', (text, amount) => {
  expect(parseDollars(text)).toBe(amount);
});

it.each(['', '4,20', '-1', '1e3', '1.', 'five', '0.0000000001', '12345678901'])('does not guess at "%s"', (text) => {
  expect(parseDollars(text)).toBeUndefined();
});
