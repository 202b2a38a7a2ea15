import { describe, expect, it } from 'vitest';
import { datasetChange } from '../../change.schema';
import {
  type BulkKind,
  bulkChange,
  bulkNames,
  changeSentence,
  restSentence,
  signed,
  splitStep,
  tokenStep,
} from './prepare-change';

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

  it('do not tell an estimate as if it had been counted', () => {
    expect(tokenStep(16_194_400, 16_594_400, true)).toBe('about 16.2 M → 16.6 M tokens (+400\u2009000)');
    expect(tokenStep(123_456, 123_456, true)).toBe('about 123\u2009000 tokens, as before');
    const many = { changed: 163_482, added: 0, removed: 0, matched: 200_000, estimated: true };
    expect(changeSentence(many)).toBe('About 163\u2009000 rows change');
    expect(restSentence(many)).toBe('; about 36\u2009500 stay as they are');
  });

  it('tell what becomes of the rows that do not change', () => {
    const none = { added: 0, removed: 0, estimated: false };
    expect(restSentence({ ...none, changed: 3, matched: 8 })).toBe('; the other 5 stay as they are');
    expect(restSentence({ ...none, changed: 7, matched: 8 })).toBe('; the other 1 stays as it is');
    expect(restSentence({ ...none, changed: 8, matched: 8 })).toBe('');
    expect(restSentence({ ...none, changed: 0, matched: 8 })).toBe('');
  });

  it('tell where a row moves', () => {
    expect(splitStep({ before: 'train', after: 'holdout' })).toBe('Training → Held out');
    expect(splitStep({ before: 'train', after: null })).toBe('Training → gone');
    expect(splitStep({ before: 'train', after: 'train' })).toBeNull();
  });
});
