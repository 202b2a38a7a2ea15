import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { analysisQueries } from '@/features/datasets/server/analysis/analysis.queries';
import { analysisRepository } from '@/features/datasets/server/analysis/analysis.repository';
import { changeQueries } from '@/features/datasets/server/change/change.queries';
import { changeRepository } from '@/features/datasets/server/change/change.repository';
import { datasetQueries } from '@/features/datasets/server/dataset.queries';
import { datasetRepository } from '@/features/datasets/server/dataset.repository';
import { createDatasetService, type DatasetService } from '@/features/datasets/server/dataset.service';
import { diffQueries } from '@/features/datasets/server/diff/diff.queries';
import { exampleQueries } from '@/features/datasets/server/example.queries';
import { exportQueries } from '@/features/datasets/server/export/export.queries';
import { importRepository } from '@/features/datasets/server/import.repository';
import { problemQueries } from '@/features/datasets/server/problem.queries';
import { scoreQueries } from '@/features/datasets/server/scores/score.queries';
import { workspaceRepository } from '@/features/workspaces/server/workspace.repository';
import { DiskSpace } from '@/integrations/storage/embedded/disk-space';
import { EmbeddedStorage } from '@/integrations/storage/embedded/embedded-storage';
import { FileStore } from '@/integrations/storage/embedded/file-store';
import type { StoragePort } from '@/integrations/storage/storage-port';
import { type Actor, systemActor } from '@/lib/actor';
import { systemClock } from '@/lib/clock';
import { closeDatabase, database, inLongTransaction, inTransaction } from '@/platform/db/database';
import { closePool } from '@/platform/db/pool';
import { addToOutbox } from '@/platform/outbox/outbox';
import { storageIdentity } from '@/platform/upload/storage-identity';

export interface DatasetLab {
  datasets: DatasetService;
  storage: StoragePort;
  actor: Actor;
  /** Stores a file and starts its import, without reading it yet. */
  start(bytes: Uint8Array, fileName?: string, datasetId?: string): Promise<{ datasetId: string; versionId: string }>;
  /** The same, and reads it to the end. */
  importBytes(
    bytes: Uint8Array,
    fileName?: string,
    datasetId?: string,
  ): Promise<{ datasetId: string; versionId: string; status: string; rows: number }>;
}

/** The real dataset service over the real storage, in a workspace of its own. */
export async function datasetLab(over: Partial<Parameters<typeof createDatasetService>[0]> = {}): Promise<DatasetLab> {
  const folder = mkdtempSync(path.join(process.env.TUNELOOP_TEST_DIR ?? tmpdir(), 'files-'));
  const store = new FileStore(folder);
  const secret = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
  const identity = () => storageIdentity(secret);
  const storage = new EmbeddedStorage({ store, space: new DiskSpace({ store }), identity });
  const datasets = createDatasetService({
    ...{ repo: datasetRepository, queries: datasetQueries, examples: exampleQueries, problems: problemQueries },
    ...{ diffs: diffQueries, exports: exportQueries },
    analysis: analysisRepository,
    analysisQueries,
    scores: scoreQueries,
    ...{ imports: importRepository, storage, outbox: addToOutbox, audit: workspaceRepository.addAudit },
    ...{ inTransaction, inLongTransaction, clock: systemClock, changes: changeRepository, changeReads: changeQueries },
    ...over,
  });
  const slug = `lab-${Math.random().toString(36).slice(2)}`;
  const { id } = await database().workspace.create({ data: { name: 'Lab', slug } });
  const actor = systemActor(id);
  const start: DatasetLab['start'] = async (bytes, fileName = 'data.jsonl', datasetId) => {
    // The storage's door looks at the first bytes too. What is tested here is the reading, so it sees harmless ones:
    // a cloud that keeps the files looks at nothing.
    const { key } = await storage.write({ name: 'data.txt', body: pieces(Buffer.alloc(bytes.byteLength, ' ')) });
    writeFileSync(store.path(key, 'data'), bytes);
    return datasets.importFile(actor, { fileKey: key, fileName, ...(datasetId && { datasetId }) });
  };
  return {
    ...{ datasets, storage, actor, start },
    importBytes: async (bytes, fileName, datasetId) => {
      const made = await start(bytes, fileName, datasetId);
      return { ...made, ...(await datasets.runImport(id, made.versionId)) };
    },
  };
}

export async function closeDatasetLab(): Promise<void> {
  await closePool();
  await closeDatabase();
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += 1 << 20) yield bytes.subarray(at, at + (1 << 20));
}

/** Chat rows that all differ, with a system prompt in some. */
export function makeRows(count: number, word = 'one'): string[] {
  return Array.from({ length: count }, (_, i) =>
    JSON.stringify({
      messages: [
        ...(i % 3 === 0 ? [{ role: 'system', content: 'Answer briefly.' }] : []),
        { role: 'user', content: `Question ${i} of ${word}: what is ${i} plus ${i}?` },
        { role: 'assistant', content: `Answer ${word}-${i}: ${i + i}.` },
      ],
    }),
  );
}

export const storedExamples = (datasetId: string) =>
  database().trainingExample.findMany({ where: { datasetId }, orderBy: [{ ordinal: 'asc' }, { id: 'asc' }] });

export async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
