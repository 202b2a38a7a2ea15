// The importing process of the benchmarks. Bundled and started by import-process.ts.
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExampleListInput } from '../../src/features/datasets/dataset.schema';
import { importRepository } from '../../src/features/datasets/server/import.repository';
import { closeDatasetLab, datasetLab } from '../../src/testing/dataset-lab';
import type { Imported } from './import-process';

const nearDuplicates = !process.argv.includes('--no-near');
// What is claimed is what the worker is told.
const claim: typeof importRepository.claim = async (...args) => {
  const claimed = await importRepository.claim(...args);
  return claimed && { ...claimed, nearDuplicates };
};
const { datasets, storage, actor } = await datasetLab({ imports: { ...importRepository, claim } });

/** Asks for a list of datasets again and again until told to stop, as a page would. @returns milliseconds of each answer */
function askMeanwhile(): { stop(): Promise<number[]> } {
  const times: number[] = [];
  let on = true;
  const asking = (async () => {
    while (on) {
      const startedAt = performance.now();
      await datasets.list(actor, { limit: 20, sort: 'newest' });
      times.push(performance.now() - startedAt);
      await sleep(20);
    }
    return times;
  })();
  return {
    stop: () => {
      on = false;
      return asking;
    },
  };
}

async function importFile(file: string, asks: boolean): Promise<Imported> {
  const { key } = await storage.write({ name: 'rows.jsonl', body: createReadStream(file) });
  const made = await datasets.importFile(actor, { fileKey: key, fileName: 'rows.jsonl' });
  process.send?.('stored');
  await once(process, 'message');
  const meanwhile = asks ? askMeanwhile() : null;
  const startedAt = performance.now();
  const { status, rows } = await datasets.runImport(actor.workspaceId, made.versionId);
  if (status !== 'ready') throw new Error(`The import ended as ${status}.`);
  const wall = (performance.now() - startedAt) / 1000;
  await storage.remove([key]);
  return { ...made, rows, wall, answers: (await meanwhile?.stop()) ?? [] };
}

/** Milliseconds of each list, in the order of the inputs; `rows` says that they found something. */
async function askLists(inputs: readonly ExampleListInput[]): Promise<{ times: number[]; rows: number[] }> {
  const times: number[] = [];
  const rows: number[] = [];
  for (const input of inputs) {
    const startedAt = performance.now();
    const page = await datasets.examples(actor, input);
    times.push(performance.now() - startedAt);
    rows.push(page.items.length);
  }
  return { times, rows };
}

process.on('message', (message: { file?: string; asks?: boolean; lists?: ExampleListInput[] }) => {
  const work = message.lists
    ? askLists(message.lists)
    : message.file === undefined
      ? null
      : importFile(message.file, message.asks === true);
  work?.then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => void closeDatasetLab().finally(() => process.exit(0)));
process.send?.('ready');
