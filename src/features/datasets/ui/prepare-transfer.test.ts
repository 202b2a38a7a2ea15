import { expect, it } from 'vitest';
import { importFigures, uploadFigures } from './prepare-transfer';
import type { FileUpload } from './upload/use-file-upload';

const started = '2026-11-25T10:00:00.000Z';
const at = (ms: number) => Date.parse(started) + ms;
const progress = { bytes: 30_000_000, totalBytes: 300_000_000, rows: 41_200, problems: 0, startedAt: started };

it('tells amount, rows, rate and time left of a running check', () => {
  const figures = importFigures(progress, at(2000));
  expect(figures.ratio).toBeCloseTo(0.1);
  expect(figures.text).toBe('30.0 MB of 300 MB · 41\u2009200 rows · 15.0 MB/s · about 18 s left');
});

it('makes no rate out of the first second, nor of clocks that disagree', () => {
  expect(importFigures(progress, at(300)).text).toBe('30.0 MB of 300 MB · 41\u2009200 rows');
  expect(importFigures(progress, at(-60_000)).text).toBe('30.0 MB of 300 MB · 41\u2009200 rows');
});

it('counts problems while they are found', () => {
  expect(importFigures({ ...progress, problems: 1 }, at(0)).text).toContain('1 problem');
  expect(importFigures({ ...progress, problems: 3 }, at(0)).text).toContain('3 problems');
});

it('says that a file is read and its rows are being stored', () => {
  const figures = importFigures({ ...progress, bytes: 300_000_000 }, at(9000));
  expect(figures).toEqual({ ratio: 1, text: '300 MB read, storing · 41\u2009200 rows' });
});

it('counts rows where a change goes through them, for it has no bytes to read', () => {
  const change = { ...progress, bytes: 0, totalBytes: 0, totalRows: 82_400 };
  expect(importFigures(change, at(9000))).toEqual({ ratio: 0.5, text: '41\u2009200 of 82\u2009400 rows' });
});

it('waits in words before the first byte', () => {
  expect(importFigures(null, at(0))).toEqual({ ratio: null, text: 'Waiting for its turn' });
  expect(importFigures({ ...progress, bytes: 0, totalBytes: 0, rows: 0 }, at(5000)).ratio).toBeNull();
});

const upload: FileUpload = {
  fileName: 'a.jsonl',
  phase: 'uploading',
  bytes: 5_000_000,
  totalBytes: 10_000_000,
  rateBytesPerSecond: 2_500_000,
  remainingMs: 2000,
  attempt: 1,
  message: null,
};

it('tells amount, rate and time left of an upload, and which attempt it is', () => {
  expect(uploadFigures(upload)).toEqual({ ratio: 0.5, text: '5.0 MB of 10.0 MB · 2.5 MB/s · about 2 s left' });
  expect(uploadFigures({ ...upload, attempt: 3 }).text).toContain('attempt 3');
});

it('says why an upload waits or has failed', () => {
  const lost = { ...upload, phase: 'waiting', rateBytesPerSecond: null, message: 'The connection was lost.' } as const;
  expect(uploadFigures(lost).text).toBe('5.0 MB of 10.0 MB · The connection was lost. · Trying again shortly.');
  expect(uploadFigures({ ...upload, phase: 'failed', message: 'Too large.' }).text).toBe('Too large.');
});
