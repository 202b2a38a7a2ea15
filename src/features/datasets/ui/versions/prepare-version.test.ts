import { describe, expect, it } from 'vitest';
import type { VersionSummary } from '../../dataset.schema';
import { descendantsOf, originOf, versionBefore } from './prepare-version';

const version = (number: number, extra: Partial<VersionSummary> = {}) =>
  ({
    ...{ id: `v${number}`, number, source: 'upload', sourceLabel: null, fileName: 'tickets.jsonl', bytes: 1_400_000 },
    ...{ status: 'ready', change: null, ...extra },
  }) as VersionSummary;

describe('how a version was made', () => {
  it('names the file, or what was done to how many rows', () => {
    expect(originOf(version(1))).toEqual({ what: 'Uploaded', about: 'tickets.jsonl 1.4 MB' });
    const record = { kind: 'edit', changed: 1, added: 0, removed: 0 };
    const edited = { source: 'edit', sourceLabel: 'Row edited', fileName: null, bytes: 0, change: record } as const;
    expect(originOf(version(2, edited))).toEqual({ what: 'Row edited', about: '1 row changed' });
    const many = { ...edited, change: { ...record, changed: 0, added: 1200, removed: 1 } };
    expect(originOf(version(2, many)).about).toBe('1\u2009200 rows added, 1 removed');
    const none = { ...edited, change: { ...record, changed: 0 } };
    expect(originOf(version(2, none)).about).toBe('no row changed');
  });
});

describe('what stands around a version', () => {
  it('is compared with the ready one before it', () => {
    const history = [version(4), version(3, { status: 'failed' }), version(2), version(1)];
    expect(versionBefore({ history }, version(4))?.number).toBe(2);
    expect(versionBefore({ history }, version(1))).toBeNull();
  });

  it('has the models and jobs that came from it', () => {
    const usedBy = [
      { id: 'j1', name: 'first', status: 'succeeded', version: 1 },
      { id: 'j2', name: 'second', status: 'running', version: 2 },
    ];
    const models = [{ id: 'm1', label: 'router v1', dataset: { versionId: 'v1' } }];
    expect(descendantsOf(version(1), { usedBy }, models)).toEqual([
      { id: 'm1', kind: 'model', name: 'router v1' },
      { id: 'j1', kind: 'job', name: 'first' },
    ]);
    expect(descendantsOf(version(3), { usedBy }, models)).toEqual([]);
  });
});
