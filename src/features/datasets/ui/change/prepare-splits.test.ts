import { describe, expect, it } from 'vitest';
import { datasetChange } from '../../change.schema';
import { expectedRows, isPlan, resplitChange, typedPlan } from './prepare-splits';

const plan = { validation: '10', holdout: '12.5', seed: '7', stratify: false };

describe('typed shares', () => {
  it('become a change that the server takes', () => {
    const { change, errors } = resplitChange(plan);
    expect(errors).toEqual({});
    expect(datasetChange.parse(change)).toMatchObject({ validationShare: 0.1, holdoutShare: 0.125, seed: 7 });
    expect(resplitChange({ ...plan, holdout: '12,5' }).change?.holdoutShare).toBe(0.125);
  });

  it('are refused beside the field that is wrong', () => {
    for (const [part, field] of [
      [{ validation: '' }, 'validation'],
      [{ validation: '51' }, 'validation'],
      [{ holdout: '-1' }, 'holdout'],
      [{ holdout: 'ten' }, 'holdout'],
      [{ seed: '1.5' }, 'seed'],
      [{ seed: '2147483648' }, 'seed'],
      [{ validation: '50', holdout: '50' }, 'holdout'],
    ] as const) {
      const { change, errors } = resplitChange({ ...plan, ...part });
      expect(change, JSON.stringify(part)).toBeNull();
      expect(Object.keys(errors), JSON.stringify(part)).toEqual([field]);
    }
  });

  it('begin with how the version was dealt out, and then mean just that', () => {
    const stored = { validationShare: 0.07, holdoutShare: 0.125, stratify: true, seed: 42 };
    expect(typedPlan(stored)).toEqual({ validation: '7', holdout: '12.5', seed: '42', stratify: true });
    const { change } = resplitChange(typedPlan(stored));
    expect(change).toEqual({ kind: 'resplit', ...stored });
    expect(change && isPlan(change, stored)).toBe(true);
    expect(change && isPlan(change, { ...stored, seed: 43 })).toBe(false);
  });

  it('say about how many rows go where', () => {
    const { change } = resplitChange(plan);
    expect(change && expectedRows(1000, change)).toEqual({ trainRows: 775, validationRows: 100, holdoutRows: 125 });
  });
});
