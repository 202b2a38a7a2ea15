import { describe, expect, it } from 'vitest';
import type { VersionFigures } from '../../diff.schema';
import { comparisonHref, readComparison } from './compare-address';
import { differenceText, diffSentence, figureGroups, kindsOf } from './prepare-diff';
import { priceRows } from './price-rows';

const figures = (rows: number, extra: Partial<VersionFigures> = {}): VersionFigures => ({
  ...{ rows, trainRows: rows, validationRows: 0, holdoutRows: 0, tokens: 10 * rows, trainableTokens: rows },
  ...{ trainTokens: 10 * rows, percentiles: null, problems: 0, warnings: 0, ...extra },
});
const none = { before: undefined, after: undefined };
const counts = { changed: 0, added: 0, removed: 0, moved: 0 };

describe('the address of a comparison', () => {
  it('holds two version numbers', () => {
    expect(readComparison('3..5')).toEqual({ from: 3, to: 5 });
    expect(comparisonHref({ from: 3, to: 5 })).toBe('?tab=versions&compare=3..5');
    for (const odd of ['', '3', '3..', '0..1', '3..5..7', '-1..2', '1e9..2', '99999999999..1'])
      expect(readComparison(odd), odd).toBeNull();
  });
});

describe('a difference in words', () => {
  const said = (extra: Partial<typeof counts>, before = 1240) =>
    diffSentence({ counts: { ...counts, ...extra }, figures: { before: figures(before), after: figures(before) } });

  it('tells every kind that there is, and what stayed', () => {
    expect(said({ changed: 12, added: 3, removed: 1 })).toBe(
      '12 rows changed, 3 added, 1 removed; 1\u2009227 are the same',
    );
    expect(said({ moved: 1 }, 2)).toBe('1 row moved to another split; 1 is the same');
    expect(said({ changed: 2 }, 2)).toBe('2 rows changed; none is the same');
    expect(said({})).toBeNull();
    expect(kindsOf({ counts: { ...counts, added: 1, changed: 2 } })).toEqual(['changed', 'added']);
  });

  it('has a sign, or says that nothing is other', () => {
    expect([differenceText(10, 1012), differenceText(12, 10), differenceText(3, 3), differenceText(null, 3)]).toEqual([
      ...['+1\u2009002', '−2', 'same', '–'],
    ]);
  });

  it('tells mean scores to one decimal, and none where a version has none', () => {
    const mean = (scores: Parameters<typeof figureGroups>[1]) =>
      figureGroups({ before: figures(1), after: figures(1) }, scores)[1]?.rows[0];
    expect(mean({ before: 93.4, after: undefined })).toEqual({
      ...{ name: 'Mean score', before: 93.4, after: null, digits: 1 },
    });
    expect([differenceText(93.4, 95, 1), differenceText(95, 93.4, 1)]).toEqual(['+1.6', '−1.6']);
  });

  it('has no percentiles where a version has none', () => {
    const percentiles = { p50: 1, p90: 2, p99: 3, max: 4 };
    const groups = figureGroups({ before: figures(1), after: figures(1, { percentiles }) }, none);
    expect(groups[3]?.rows.at(-1)).toEqual({ name: 'Longest', before: null, after: 4 });
  });
});

describe('a difference in price', () => {
  const line = (baseModel: string, cost: bigint | null) => ({
    ...{ connectionId: 'c', connectionLabel: 'OpenAI', baseModel, label: baseModel.toUpperCase(), cost },
  });

  it('is told where both prices are known and one is above nothing', () => {
    const before = [line('a', 5n), line('b', 2n), line('c', null), line('free', 0n)];
    const after = [line('a', 7n), line('b', 1n), line('c', 3n), line('free', 0n), line('new', 9n)];
    expect(priceRows(before, after)).toEqual([
      { id: 'c b', name: 'B · OpenAI', before: 2n, after: 1n },
      { id: 'c a', name: 'A · OpenAI', before: 5n, after: 7n },
    ]);
  });
});
