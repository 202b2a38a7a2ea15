import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { chat, datasetOf } from '@/testing/change-lab';
import { closeDatasetLab, datasetLab, makeRows } from '@/testing/dataset-lab';
import type { DatasetChange } from '../../change.schema';
import { changeRecord } from '../../change.schema';

afterAll(closeDatasetLab);

describe('a change', () => {
  it('of one row makes the next version, and leaves the one before as it was', async () => {
    const { lab, datasetId, rows, change, newest, bodies } = await datasetOf(makeRows(30));
    const first = await newest();
    const before = await bodies(first.id);
    const row = (await rows())[4];
    const body = chat('Another question?', 'Another answer, and a longer one.');
    const result = await change({ kind: 'edit', id: row?.id ?? '', body });
    expect(result).toMatchObject({ number: 2, status: 'ready' });
    const version = await newest();
    expect(version).toMatchObject({ id: result.versionId, source: 'edit', status: 'ready', rows: 30 });
    expect((await rows())[4]).toMatchObject({ line: 5, split: row?.split, firstUserText: 'Another question?' });
    expect(await bodies(first.id)).toEqual(before);
    const stored = await database().trainingExample.findMany({ where: { datasetId } });
    expect(stored).toHaveLength(31);
    expect(stored.filter(({ toVersion }) => toVersion === 2)).toHaveLength(1);
    const record = changeRecord.parse(
      (await database().datasetVersion.findUniqueOrThrow({ where: { id: version.id } })).change,
    );
    expect(record).toMatchObject({ changed: 1, added: 0, removed: 0, change: { kind: 'edit' } });
    const audit = await database().auditEntry.findFirst({
      where: { workspaceId: lab.actor.workspaceId, action: 'dataset.changed' },
    });
    expect(audit).toMatchObject({ subjectId: datasetId, details: { kind: 'edit', version: 2 } });
  });

  it('with a faulty row is refused with all its problems, and changes nothing', async () => {
    const { rows, change, preview, newest } = await datasetOf(makeRows(12));
    const id = (await rows())[0]?.id ?? '';
    const body = '{"messages":[{"role":"user","content":7},{"role":"robot","content":"x"}]}';
    const { problems } = await preview({ kind: 'edit', id, body });
    expect(problems.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['messages[0].content', 'messages[1].role', 'messages[1]']),
    );
    await expect(change({ kind: 'edit', id, body })).rejects.toMatchObject({
      kind: 'invalid_input',
      details: { problems },
    });
    await expect(change({ kind: 'add', body: '{', split: 'train' })).rejects.toMatchObject({ kind: 'invalid_input' });
    expect(await newest()).toMatchObject({ number: 1, rows: 12 });
  });

  it('of one row is warned of what an import of that row would be warned of', async () => {
    const body = chat('Write to jane@example.org?', ' ', { source: 'web' });
    const { lab, datasetId, rows, preview, newest } = await datasetOf([...makeRows(12), body]);
    const { groups } = await lab.datasets.report(lab.actor, { datasetId, versionId: (await newest()).id });
    const imported = groups.flatMap(({ places }) => places.filter(({ line }) => line === 13));
    const said = ({ path, message }: { path: string | null; message: string }) => `${path} ${message}`;
    const id = (await rows())[0]?.id ?? '';
    for (const change of [{ kind: 'edit', id, body } as const, { kind: 'add', body, split: 'train' } as const]) {
      const { problems, warnings } = await preview(change);
      expect(problems).toEqual([]);
      expect(warnings.map(said).sort()).toEqual(imported.map(said).sort());
      expect(warnings.map(({ path }) => path)).toContain('messages[1].content');
    }
    expect(await preview({ kind: 'edit', id, body: chat('Hello?', 'Hello.') })).toMatchObject({ warnings: [] });
    expect(await preview({ kind: 'trim', filter: {} })).toMatchObject({ warnings: [] });
  });

  it('that two people make at once is made once, and the other is told', async () => {
    const { lab, datasetId, rows, newest } = await datasetOf(makeRows(20));
    const [first, second] = await rows();
    const input = (id = '') => ({ datasetId, versionId: '', change: { kind: 'delete' as const, ids: [id] } });
    const versionId = (await newest()).id;
    const both = await Promise.allSettled(
      [first, second].map((row) => lab.datasets.change(lab.actor, { ...input(row?.id), versionId })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { kind: 'conflict', reason: 'datasets.version_outdated', details: { newest: 2 } },
    });
    expect(await newest()).toMatchObject({ number: 2, rows: 19 });
  });

  it('of a row that somebody edited, moved or deleted meanwhile finds it again, or that it is gone', async () => {
    const { lab, datasetId, rows, newest, change } = await datasetOf(makeRows(20));
    const [edited, moved, gone, last] = (await rows()).map(({ id }) => id);
    await change({ kind: 'edit', id: edited ?? '', body: chat('Theirs?', 'Theirs.') });
    await change({ kind: 'move', ids: [moved ?? ''], split: 'holdout' });
    await change({ kind: 'delete', ids: [gone ?? ''] });
    const now = async (id = '') =>
      lab.datasets.exampleNow(lab.actor, { datasetId, versionId: (await newest()).id, id });
    expect(await now(edited)).toMatchObject({ line: 1, firstUserText: 'Theirs?' });
    const { id: movedId, ...text } = (await now(moved)) ?? { id: '' };
    expect(text).toMatchObject({ line: 2, split: 'holdout' });
    expect(movedId).not.toBe(moved);
    expect(await now(gone)).toBeNull();
    // Another file may have another row in the same place, and the same one.
    const [first = '', ...others] = makeRows(20);
    await lab.importBytes(Buffer.from([first.replace('what', 'WHAT'), ...others].join('\n')), 'b.jsonl', datasetId);
    expect(await now(edited)).toBeNull();
    expect(await now(last)).toMatchObject({ line: 4 });
    const stranger = await datasetLab();
    const { id: versionId } = await newest();
    await expect(
      stranger.datasets.exampleNow(stranger.actor, { datasetId, versionId, id: last ?? '' }),
    ).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('starts from the newest ready version alone, and from no other workspace', async () => {
    const { lab, datasetId, newest, change } = await datasetOf(makeRows(20));
    const first = await newest();
    const trim: DatasetChange = { kind: 'replaceSystemPrompt', text: 'New.', filter: {} };
    const stranger = await datasetLab();
    for (const ask of [stranger.datasets.change, stranger.datasets.previewChange])
      await expect(ask(stranger.actor, { datasetId, versionId: first.id, change: trim })).rejects.toMatchObject({
        kind: 'not_found',
      });
    const waiting = await lab.start(Buffer.from(makeRows(15, 'two').join('\n')), 'two.jsonl', datasetId);
    await expect(
      lab.datasets.change(lab.actor, { datasetId, versionId: waiting.versionId, change: trim }),
    ).rejects.toMatchObject({ reason: 'datasets.version_not_ready' });
    await expect(change(trim)).rejects.toMatchObject({ reason: 'datasets.version_under_way' });
    await lab.datasets.cancelImport(lab.actor, waiting);
    expect(await change(trim)).toMatchObject({ number: 3, status: 'ready' });
    // The cancelled file may not come in under a version that lives on older rows; nor may the first be read anew.
    for (const versionId of [waiting.versionId, first.id])
      await expect(lab.datasets.validate(lab.actor, { datasetId, versionId })).rejects.toMatchObject({
        reason: 'datasets.version_built_on',
      });
    await lab.importBytes(Buffer.from(makeRows(15, 'three').join('\n')), 'three.jsonl', datasetId);
    expect(await newest()).toMatchObject({ number: 4, rows: 15 });
  });

  it('goes on from a version whose sums were never kept', async () => {
    const { datasetId, newest, change } = await datasetOf([...makeRows(20), makeRows(1)[0] ?? '']);
    const before = await database().datasetVersion.findFirstOrThrow({ where: { datasetId } });
    await database().$executeRaw`UPDATE dataset_versions SET aggregates = NULL WHERE id = ${before.id}::uuid`;
    await change({ kind: 'add', body: chat('x', 'zebra'), split: 'holdout' });
    await change({ kind: 'deleteMatching', filter: { search: 'zebra' } });
    const after = await database().datasetVersion.findFirstOrThrow({ where: { datasetId, number: 3 } });
    expect(after.aggregates).toEqual({ ...(before.aggregates as object), lastLine: 22 });
    expect(after.stats).toEqual(before.stats);
    expect(await newest()).toMatchObject({ rows: 21, holdoutRows: before.holdoutRows });
  });
});

describe('a new split', () => {
  const animals = ['cat', 'dog', 'eel'].flatMap((label, i) =>
    Array.from({ length: 20 * (i + 1) }, (_, n) => chat(`Sound ${label} ${n} ${'x'.repeat(n)}?`, label)),
  );

  it('has the wished shares in each label, keeps copies together, and holds for the next file', async () => {
    const { lab, datasetId, change, newest, bodies } = await datasetOf([...animals, ...animals.slice(0, 10)]);
    const wish = { validationShare: 0.25, holdoutShare: 0.05, seed: 99, stratify: true };
    await change({ kind: 'resplit', ...wish });
    const [train = '', validation = '', holdout = ''] = await bodies((await newest()).id);
    const count = (file: string, label: string) =>
      new Set(file.split('\n').filter((l) => l.includes(`"${label}"`))).size;
    for (const [label, all] of [
      ['cat', 20],
      ['dog', 40],
      ['eel', 60],
    ] as const) {
      expect(Math.abs(count(validation, label) - all / 4)).toBeLessThanOrEqual(1);
      expect(Math.abs(count(holdout, label) - all / 20)).toBeLessThanOrEqual(1);
    }
    const kept = new Set(holdout.trimEnd().split('\n'));
    const sent = `${train}${validation}`.trimEnd().split('\n');
    expect(kept.size).toBe(6);
    expect(sent.filter((line) => kept.has(line))).toEqual([]);
    await lab.importBytes(Buffer.from(animals.join('\n')), 'again.jsonl', datasetId);
    expect(await newest()).toMatchObject({ rows: 120, validationRows: 30, holdoutRows: 6 });
    const stored = await database().datasetVersion.findFirstOrThrow({ where: { datasetId, number: 3 } });
    expect(stored).toMatchObject({ splitSeed: 99, splitPlan: { validationShare: 0.25, stratify: true } });
    await change({ kind: 'resplit', ...wish }).catch((error) =>
      expect(error).toMatchObject({ reason: 'datasets.change_refused' }),
    );
    expect((await bodies((await newest()).id))[2]?.length).toBeGreaterThan(0);
  });
});
