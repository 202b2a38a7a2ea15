import { describe, expect, it } from 'vitest';
import { datasetChange } from '../../change.schema';
import { type BulkKind, bulkChange, bulkNames, changeSentence, signed, splitStep, tokenStep } from './prepare-change';

const id = '0190a0a0-0000-7000-8000-000000000001';
const values = { split: 'holdout', text: 'Be brief.' } as const;
const kinds = Object.keys(bulkNames) as BulkKind[];

describe('a change of several rows', () => {
  it('is one that the server takes, for chosen rows and for all that match', () => {
    for (const kind of kinds) {
      const some = bulkChange({ kind, rows: { ids: [id] } }, values);
      expect(datasetChange.safeParse(some).success, kind).toBe(true);
      const all = bulkChange({ kind, rows: { filter: { search: 'x' } } }, values);
      if (kind === 'duplicate') expect(all).toBeNull();
      else expect(datasetChange.safeParse(all).success, kind).toBe(true);
    }
  });

  it('never means more rows than were chosen', () => {
    for (const kind of kinds) {
      const parsed = datasetChange.parse(bulkChange({ kind, rows: { ids: [id] } }, values));
      expect('filter' in parsed ? parsed.filter.ids : 'ids' in parsed && parsed.ids, kind).toEqual([id]);
    }
  });
});

describe('words', () => {
  it('tell true totals', () => {
    expect(changeSentence({ changed: 312, added: 0, removed: 1 })).toBe('312 rows change, 1 row goes');
    expect(changeSentence({ changed: 0, added: 1, removed: 0 })).toBe('1 row is added');
    expect(changeSentence({ changed: 0, added: 0, removed: 0 })).toBe('No row would be other than it is');
    expect(tokenStep(1000, 900)).toBe('1\u2009000 → 900 tokens (−100)');
    expect(tokenStep(7, 7)).toBe('7 tokens, as before');
    expect([signed(1200), signed(-3), signed(0)]).toEqual(['+1\u2009200', '−3', '±0']);
  });

  it('tell where a row moves', () => {
    expect(splitStep({ before: 'train', after: 'holdout' })).toBe('Training → Held out');
    expect(splitStep({ before: 'train', after: null })).toBe('Training → gone');
    expect(splitStep({ before: 'train', after: 'train' })).toBeNull();
  });
});
