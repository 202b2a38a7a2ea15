import { database } from '@/platform/db/database';
import { newExampleId } from '../new-example-id';

const ROWS = { train: 24, validation: 4, holdout: 6 } as const;
const splits = Object.keys(ROWS) as (keyof typeof ROWS)[];

/** A dataset with one ready version of 34 short examples, 24 of them to train on. Held-out ones say "secret". */
export async function seedVersion(workspaceId: string, status = 'ready') {
  const dataset = await database().dataset.create({ data: { workspaceId, name: 'Greetings' } });
  const version = await database().datasetVersion.create({
    data: {
      ...{ workspaceId, datasetId: dataset.id, number: 1, source: 'upload', status },
      ...{ rows: 34, trainRows: ROWS.train, validationRows: ROWS.validation, holdoutRows: ROWS.holdout },
      ...{ tokens: 3400n, trainableTokens: 1000n, trainTokens: 2400n, maxExampleTokens: 100 },
    },
  });
  await database().dataset.update({ where: { id: dataset.id }, data: { currentVersionId: version.id } });
  let line = 0;
  for (const [split, name] of splits.entries()) {
    for (let row = 0; row < ROWS[name]; row++) {
      line++;
      const user = `${name === 'holdout' ? 'secret' : 'question'} ${row}`;
      const messages = [
        { role: 'user', content: user },
        { role: 'assistant', content: `answer ${row}` },
      ];
      const ordinal = line * 100;
      await database().trainingExample.create({
        data: {
          ...{ id: newExampleId(ordinal), datasetId: dataset.id, fromVersion: 1, ordinal, line, split },
          ...{ body: JSON.stringify({ messages }), tokens: 100, trainableTokens: 30, contentHash: BigInt(line) },
        },
      });
    }
  }
  return { datasetId: dataset.id, versionId: version.id };
}
