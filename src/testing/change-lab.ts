import type { DatasetChange } from '@/features/datasets/change.schema';
import { collect, type DatasetLab, datasetLab } from './dataset-lab';

/** A question and its answer as a row. */
export const chat = (question: string, answer: string, more: Record<string, unknown> = {}) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
    ...more,
  });

/** A dataset of these rows, and what can be done with its newest version. */
export async function datasetOf(lines: string[]) {
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
