import { describe, expect, it } from 'vitest';
import { exampleFlags, FLAG, type FlagName, flagNames, flagsOf, problemFlag, warningSignals } from './flag.rules';
import { type ProblemCode, problemKinds } from './problem.rules';
import {
  countedFlags,
  explain,
  isSignal,
  SCORE_BUCKETS,
  scoreBucket,
  scoreFigures,
  scoreOf,
  signalBits,
  signals,
  signalsOf,
} from './score.rules';

const bits = (...names: FlagName[]) => names.reduce((all, name) => all | FLAG[name], 0);

describe('flags', () => {
  it('have a bit of their own each, in a signed 32-bit integer, and come back by name', () => {
    expect(new Set(flagNames.map((name) => exampleFlags[name].bit)).size).toBe(flagNames.length);
    for (const name of flagNames) {
      expect([FLAG[name] | 0, FLAG[name] !== 0]).toEqual([FLAG[name], true]);
      expect(flagsOf(FLAG[name])).toEqual([name]);
      expect(exampleFlags[name].title).not.toBe('');
      expect(exampleFlags[name].explanation).toMatch(/\.$/);
    }
    expect(flagsOf(bits(...flagNames))).toEqual(flagNames);
  });

  it('that problems leave exist, and each signal comes from a problem', () => {
    expect(Object.keys(problemFlag).every((code) => code in problemKinds)).toBe(true);
    const left = new Set(Object.values(problemFlag));
    expect(signals.filter((name) => !left.has(name))).toEqual([]);
  });
});

describe('scoreOf', () => {
  it.each<[string, FlagName[], number]>([
    ['nothing wrong', [], 100],
    ['facts are no faults', ['tools', 'multiTurn', 'system', 'developer', 'warning', 'untrained'], 100],
    ['a repeated question', ['repeatsQuestion'], 88],
    ['two signals', ['truncated', 'refusal'], 45],
    ['an exact copy is a near copy too, and pays once', ['duplicate', 'nearDuplicate'], 70],
    ['a bad fit is a loose fit too', ['poorFit', 'weakFit'], 75],
    ['more than there is to lose', ['duplicate', 'truncated', 'secret', 'oddLabel'], 0],
  ])('%s', (_, names, score) => {
    expect(scoreOf(bits(...names))).toBe(score);
  });

  it('leaves out what is switched off, and lets the weaker signal count then', () => {
    const flags = bits('poorFit', 'weakFit', 'secret');
    expect(scoreOf(flags, new Set(['secret']))).toBe(75);
    expect(scoreOf(flags, new Set(['secret', 'poorFit']))).toBe(88);
    expect(scoreOf(flags, new Set(signals))).toBe(100);
  });

  it('is 100 less what explain tells, for every set of signals', () => {
    for (let i = 0; i < 2000; i++) {
      const flags = Math.imul(i, 0x9e3779b1) & 0x7fffffff;
      const off = new Set(signals.filter((_, k) => (i >> (k % 11)) & 1));
      const reasons = explain(flags, off);
      const lost = reasons.reduce((sum, { points }) => sum + points, 0);
      expect(scoreOf(flags, off)).toBe(Math.max(0, 100 + lost));
      expect(reasons.map(({ points }) => points)).toEqual(reasons.map(({ points }) => points).sort((a, b) => a - b));
      expect(reasons.some(({ flag }) => off.has(flag))).toBe(false);
    }
  });

  it('falls into twenty steps', () => {
    expect([0, 4, 5, 94, 95, 100].map(scoreBucket)).toEqual([0, 0, 1, 18, 19, SCORE_BUCKETS - 1]);
  });
});

describe('signals that are switched off', () => {
  it('take the warning with them that they alone have caused', () => {
    const without = (flags: FlagName[], ...off: FlagName[]) => countedFlags(flags, new Set(off));
    expect(without(['tools', 'warning', 'duplicate'])).toEqual(['tools', 'warning', 'duplicate']);
    expect(without(['tools', 'warning', 'duplicate'], 'duplicate')).toEqual(['tools']);
    expect(without(['warning', 'duplicate', 'secret'], 'duplicate')).toEqual(['warning', 'secret']);
    expect(without(['warning', 'duplicate', 'formatWarning'], 'duplicate')).toEqual(['warning', 'formatWarning']);
    // What only tells something never warned.
    expect(without(['warning', 'noise', 'refusal'], 'refusal')).toEqual(['noise']);
    // Rows of older versions do not say of which kind their warning is, so one without a cause stays.
    expect(without(['warning', 'noise'], 'noise')).toEqual(['warning']);
  });

  it('that warn are those of the kinds of problems that do', () => {
    const kinds = Object.entries(problemFlag) as [ProblemCode, FlagName][];
    const warn = kinds.filter(([code]) => problemKinds[code].severity === 'warning').map(([, flag]) => flag);
    expect(new Set(warningSignals)).toEqual(new Set(warn));
    expect(warn.every(isSignal)).toBe(true);
  });

  it('are kept as bits; what is no signal cannot be switched off', () => {
    expect(signalsOf(signalBits(['secret', 'noise']))).toEqual(['secret', 'noise']);
    expect(signalBits(['tools', 'warning'])).toBe(0);
    expect(signalsOf(bits('tools', 'warning', 'refusal'))).toEqual(['refusal']);
    expect([isSignal('refusal'), isSignal('tools')]).toEqual([true, false]);
  });

  it('leave the figures that rows would have had without them', () => {
    const sets = [
      { flags: 0, rows: 6 },
      { flags: bits('poorFit', 'weakFit'), rows: 3 },
      { flags: bits('secret', 'tools'), rows: 1 },
    ];
    expect(scoreFigures(sets, new Set()).mean).toBe(89.5);
    const { mean, counts } = scoreFigures(sets, new Set(['secret', 'poorFit']));
    expect(mean).toBe(96.4);
    expect([counts[scoreBucket(88)], counts[scoreBucket(100)], counts.length]).toEqual([3, 7, SCORE_BUCKETS]);
    expect(scoreFigures([], new Set()).mean).toBe(0);
  });
});
