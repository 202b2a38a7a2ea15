import { describe, expect, it } from 'vitest';
import type { FlagName } from '../../flag.rules';
import { flagOptions, knownMatches, tally } from './prepare-filters';

describe('what the filters offer', () => {
  it('names the kinds that rows have, with their number', () => {
    const options = flagOptions({ flags: { duplicate: 1200, tools: 3 } }, 'all', []);
    expect(options.map(({ label }) => label)).toEqual(['Every kind', 'Tools · 3', 'Duplicate · 1\u2009200']);
    expect(flagOptions({ flags: { tools: 3 } }, 'leak', []).map(({ value }) => value)).toContain('leak');
    expect(flagOptions(null, 'all', []).length).toBeGreaterThan(20);
  });

  it('leaves out signals that are switched off, and counts no warnings that would only be theirs', () => {
    const stats = { flags: { duplicate: 12, warning: 15, tools: 3 } };
    const labels = (chosen: FlagName | 'all', off: FlagName[]) =>
      flagOptions(stats, chosen, off).map(({ label }) => label);
    expect(labels('all', ['duplicate'])).toEqual(['Every kind', 'Tools · 3', 'Warning']);
    expect(labels('all', ['noise'])).toEqual(['Every kind', 'Tools · 3', 'Duplicate · 12', 'Warning · 15']);
    // It is asked for by the list of signals, which links to its rows.
    expect(labels('duplicate', ['duplicate'])).toContain('Duplicate · 12, switched off');
  });
});

describe('how many match', () => {
  const version = { rows: 300, trainRows: 240, validationRows: 30, holdoutRows: 30 };

  it('is known without counting for all, for one split, and once all pages were seen', () => {
    const seen = { count: 200, more: true };
    expect(knownMatches(version, {}, seen)).toBe(300);
    expect(knownMatches(version, { split: 'holdout' }, seen)).toBe(30);
    expect(knownMatches(version, { split: 'train', search: 'x' }, seen)).toBeNull();
    expect(knownMatches(version, { search: 'x' }, { count: 7, more: false })).toBe(7);
  });

  it('is told for what it is', () => {
    expect(tally({ all: 1, known: 1, more: false, filtered: false })).toBe('1 example');
    expect(tally({ all: 300, known: 12, more: false, filtered: true })).toBe('12 of 300 match');
    expect(tally({ all: 300, known: 200, more: true, filtered: true })).toBe('200 matches so far, more below');
  });
});
