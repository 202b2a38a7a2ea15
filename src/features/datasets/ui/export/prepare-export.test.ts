import { describe, expect, it } from 'vitest';
import { exportQuery } from '../../export.schema';
import { exportHref, splitOptions, withFormat } from './prepare-export';

const version = { number: 3, rows: 10, trainRows: 8, validationRows: 1, holdoutRows: 1 };
const form = { format: 'jsonl', split: 'all', gzip: false, bom: false } as const;

describe('choosing an export', () => {
  it('offers every side, but a training file has no held-out rows', () => {
    expect(splitOptions(version, 'csv').map(({ value, hint }) => `${value} ${hint}`)).toEqual([
      ...['all 10 rows', 'train 8 rows', 'validation 1 row', 'holdout 1 row'],
    ]);
    expect(splitOptions(version, 'training').map(({ value }) => value)).toEqual(['train', 'validation']);
  });

  it('keeps the choice of rows where the format allows it', () => {
    expect(withFormat(form, 'training').split).toBe('train');
    expect(withFormat({ ...form, split: 'validation' }, 'training').split).toBe('validation');
    expect(withFormat(withFormat(form, 'training'), 'csv').split).toBe('all');
  });

  it('makes an address that the server reads as the same choice', () => {
    const href = exportHref('d1', version, { format: 'csv', split: 'validation', gzip: true, bom: true });
    const { pathname, searchParams } = new URL(href, 'http://x');
    expect(pathname).toBe('/api/fine-tuning/datasets/d1/export');
    expect(exportQuery.parse(Object.fromEntries(searchParams))).toEqual({
      ...{ version: 3, format: 'csv', split: 'validation', gzip: true, bom: true, checksum: false },
    });
    expect(exportHref('d1', version, { ...form, bom: true })).not.toContain('bom');
  });
});
