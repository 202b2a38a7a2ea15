import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usd } from '@/lib/money';
import { capReached } from './budget.errors';
import {
  type BudgetState,
  forecastMonth,
  judgeHold,
  leftOf,
  monthStart,
  periodKey,
  spendingOf,
  stageOf,
} from './budget.rules';
import { exactUsd } from './price.rules';

const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);
console.info(`budget.rules: fast-check seed ${seed}`);
const holds = (property: fc.IRawProperty<unknown>) => fc.assert(property, { seed, numRuns: 300 });

const at = (iso: string) => new Date(iso);
const budget = (overrides: Partial<BudgetState> = {}): BudgetState => ({
  ...{ id: 'b', name: 'Team', period: 'month', onBreach: 'block' },
  ...{ limit: usd(10), spent: 0n, held: 0n },
  ...overrides,
});

describe('a month', () => {
  it('starts at its first instant in UTC, wherever the server stands', () => {
    expect(monthStart(at('2026-11-01T00:00:00.000Z'))).toEqual(at('2026-11-01T00:00:00.000Z'));
    expect(monthStart(at('2026-11-30T23:59:59.999Z'))).toEqual(at('2026-11-01T00:00:00.000Z'));
    expect(monthStart(at('2027-01-15T12:00:00.000Z'), -1)).toEqual(at('2026-12-01T00:00:00.000Z'));
    expect(monthStart(at('2026-12-31T00:00:00.000Z'), 1)).toEqual(at('2027-01-01T00:00:00.000Z'));
  });

  it('has a name; a total has one too', () => {
    expect(periodKey('month', at('2026-11-24T10:00:00Z'))).toBe('2026-11');
    expect(periodKey('total', at('2026-11-24T10:00:00Z'))).toBe('total');
  });
});

describe('a forecast', () => {
  it('is a straight line, and silent in the first two days', () => {
    expect(forecastMonth(usd(9), at('2026-11-02T23:59:59.999Z'))).toBeNull();
    expect(forecastMonth(usd(9), at('2026-11-04T00:00:00.000Z'))).toBe(usd(90));
    expect(forecastMonth(0n, at('2026-11-20T00:00:00.000Z'))).toBe(0n);
  });

  it('never lies below what is spent', () => {
    const instants = fc.date({ min: at('2024-01-01T00:00:00Z'), max: at('2030-12-31T23:59:59Z'), noInvalidDate: true });
    holds(
      fc.property(fc.bigInt({ min: 0n, max: usd(1e6) }), instants, (spent, now) => {
        const forecast = forecastMonth(spent, now);
        return forecast === null ? now.getUTCDate() <= 2 : forecast >= spent;
      }),
    );
  });
});

describe('spending', () => {
  it('fills the days of this month and adds up both months', () => {
    const byDay = [
      { date: '2026-10-31', amount: usd(4) },
      { date: '2026-11-02', amount: usd(1) },
      { date: '2026-11-03', amount: usd(2) },
    ];
    const result = spendingOf(byDay, at('2026-11-03T12:00:00Z'));
    expect(result).toMatchObject({ spentThisMonth: usd(3), spentLastMonth: usd(4), forecast: usd(36) });
    expect(result.days).toEqual([
      { date: '2026-11-01', amount: 0n },
      { date: '2026-11-02', amount: usd(1) },
      { date: '2026-11-03', amount: usd(2) },
    ]);
  });
});

describe('a hold', () => {
  it('fits up to the last nano-dollar and not beyond', () => {
    const tight = budget({ spent: usd(6), held: usd(3) });
    expect(judgeHold([tight], usd(1)).refusing).toEqual([]);
    expect(judgeHold([tight], usd(1) + 1n).refusing).toEqual([tight]);
  });

  it('is refused by block and cancel, and only remarked on by warn', () => {
    const [block, cancel, warn] = (['block', 'cancel', 'warn'] as const).map((onBreach) => budget({ onBreach }));
    if (!block || !cancel || !warn) throw new Error('three budgets expected');
    expect(judgeHold([block, cancel, warn], usd(11))).toEqual({ refusing: [block, cancel], warning: [warn] });
  });

  it('of nothing fits into a budget of nothing, and into one that is over', () => {
    expect(judgeHold([budget({ limit: 0n }), budget({ spent: usd(20) })], 0n).refusing).toEqual([]);
    expect(judgeHold([budget({ limit: 0n })], 1n).refusing).toHaveLength(1);
  });

  it('that fits never takes a budget over its limit', () => {
    const money = fc.bigInt({ min: 0n, max: usd(100) });
    holds(
      fc.property(money, money, money, money, (limit, spent, held, amount) => {
        const state = budget({ limit, spent, held });
        const fits = judgeHold([state], amount).refusing.length === 0;
        return !fits || amount === 0n || leftOf({ ...state, held: held + amount }) >= 0n;
      }),
    );
  });

  it('that is refused says the whole sum and every budget in the way', () => {
    const error = capReached(usd(2), [budget({ spent: usd(8), held: usd(1.5) }), budget({ name: 'Other', limit: 0n })]);
    expect(error).toMatchObject({ kind: 'budget_exceeded', reason: 'budgets.cap_reached' });
    expect(error.message).toBe(
      'This needs $2.00 and does not fit. Budget "Team": limit $10.00 this month − $8.00 spent − $1.50 held by open jobs = $0.50 left. Budget "Other": limit $0.00 this month − $0.00 spent − $0.00 held by open jobs = $0.00 left. Raise the budget, wait until open jobs have ended, or make this job cheaper (fewer epochs, a lower cap).',
    );
    expect(error.details).toMatchObject({ needed: '2', budgets: [{ left: '0.5' }, { left: '0' }] });
  });
});

describe('a stage', () => {
  it.each([
    [usd(7.999999), 0n, 'fine'],
    [usd(8), 0n, 'near'],
    [usd(4), usd(4), 'near'],
    [usd(10), 0n, 'near'],
    [usd(10), 1n, 'over'],
  ])('of %s spent and %s held is %s', (spent, held, stage) => {
    expect(stageOf(budget({ spent, held }))).toBe(stage);
  });

  it('of a budget of nothing is fine until something is spent', () => {
    expect(stageOf(budget({ limit: 0n }))).toBe('fine');
    expect(stageOf(budget({ limit: 0n, spent: 1n }))).toBe('over');
  });
});

it('dollars are shown to the last digit, so that sums add up', () => {
  expect([0n, 1n, usd(12.4), -usd(0.5), 1_371_060_000n].map(exactUsd)).toEqual([
    '$0.00',
    '$0.000000001',
    '$12.40',
    '-$0.50',
    '$1.37106',
  ]);
});
