import { afterAll, describe, expect, it } from 'vitest';
import { database } from '@/platform/db/database';
import { closeDatasetLab, collect, type DatasetLab, datasetLab, makeRows } from '@/testing/dataset-lab';
import type { DatasetChange } from '../../change.schema';
import { changeRecord } from '../../change.schema';

afterAll(closeDatasetLab);

const chat = (question: string, answer: string, more: Record<string, unknown> = {}) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
    ...more,
  });

async function made(lines: string[]) {
  const lab = await datasetLab();
  const { datasetId } = await lab.importBytes(Buffer.from(lines.join('\n')));
  return { lab, datasetId, ...actions(lab, datasetId) };
}

function actions(lab: DatasetLab, datasetId: string) {
  const { datasets, actor } = lab;
  const newest = async () => (await datasets.get(actor, datasetId)).version;
  const input = async (change: DatasetChange) => ({ datasetId, versionId: (await newest()).id, change });
  return {
    newest,
    rows: async (versionId?: string) =>
      (await datasets.examples(actor, { datasetId, versionId: versionId ?? (await newest()).id, limit: 200 })).items,
    bodies: async (versionId: string) => {
      const parts = await Promise.all(
        (['train', 'validation', 'holdout'] as const).map((split) =>
          collect(datasets.splitFile(actor.workspaceId, versionId, split)),
        ),
      );
      return parts.map(String);
    },
    change: async (change: DatasetChange) => datasets.change(actor, await input(change)),
    preview: async (change: DatasetChange) => datasets.previewChange(actor, await input(change)),
  };
}

describe('a change', () => {
  it('of one row makes the next version, and leaves the one before as it was', async () => {
    const { lab, datasetId, rows, change, newest, bodies } = await made(makeRows(30));
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
    const { rows, change, preview, newest } = await made(makeRows(12));
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
});
