import { describe, expect, it } from 'vitest';
import type { VersionSummary } from '../dataset.schema';
import type { DatasetFormat } from '../formats/format.schema';
import { formatLine, sourceLine } from './prepare-format';

const lines: DatasetFormat = { kind: 'sharegpt', container: { type: 'lines' }, mapping: null };
const mapping = { system: null, prompt: 'question', answer: 'reply' };
const table: DatasetFormat = { kind: 'fields', container: { type: 'table', delimiter: ';' }, mapping };

const version = (number: number, extra: Partial<VersionSummary> = {}) =>
  ({
    ...{
      number,
      source: 'upload',
      sourceLabel: null,
      fileName: `t${number}.jsonl.gz`,
      bytes: 1_400_000,
      format: lines,
    },
    ...{ status: 'ready', change: null, ...extra },
  }) as VersionSummary;

const edited = (number: number, kind: string) =>
  version(number, {
    ...{ source: 'edit', sourceLabel: 'Row edited', fileName: null, bytes: 0, format: null },
    change: { kind, changed: 1, added: 0, removed: 0 },
  });

describe('what a file was read as', () => {
  it('is said in words, with how it was packed and which fields were taken', () => {
    expect(formatLine(version(1))).toBe('ShareGPT, JSONL, gzip');
    expect(formatLine({ format: lines, fileName: 'T.ZST' })).toBe('ShareGPT, JSONL, zstd');
    expect(formatLine({ format: table, fileName: 't.csv' })).toBe(
      'CSV with semicolons, prompt: question, answer: reply',
    );
    expect(formatLine({ format: { ...table, mapping: { ...mapping, system: 'role' } }, fileName: null })).toBe(
      'CSV with semicolons, system prompt: role, prompt: question, answer: reply',
    );
    expect(formatLine({ format: null, fileName: 't.csv' })).toBeNull();
  });

  it('is remembered through changes, until an older version comes back', () => {
    const upload = version(1);
    const failed = version(2, { status: 'failed', format: table });
    const [change, again, back, after] = [edited(3, 'edit'), edited(4, 'trim'), edited(5, 'goBack'), edited(6, 'edit')];
    const history = [after, back, again, change, failed, upload];
    expect(sourceLine({ history }, upload)).toBe('Uploaded · t1.jsonl.gz 1.4 MB · ShareGPT, JSONL, gzip');
    expect(sourceLine({ history }, again)).toBe('Row edited · 1 row changed · file of v1: ShareGPT, JSONL, gzip');
    expect(sourceLine({ history }, after)).toBe('Row edited · 1 row changed');
    expect(sourceLine({ history: [upload] }, failed)).toContain('t2.jsonl.gz 1.4 MB · CSV with semicolons');
  });
});
