import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { closeDatasetLab, datasetLab, makeRows, storedExamples } from '@/testing/dataset-lab';
import { hostHandler } from '@/testing/http-host';

afterAll(closeDatasetLab);

/** The import processes that this one has started. */
function importProcesses(): number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args=']).toString().split('\n');
  return lines.flatMap((line) => {
    const [pid, parent, ...args] = line.trim().split(/\s+/);
    return Number(parent) === process.pid && args.join(' ').includes('import-process.mjs') ? [Number(pid)] : [];
  });
}

describe('the process that reads files', () => {
  it('may be killed in the middle of a file: nothing of it is left, and the next attempt has all rows', async () => {
    const { datasets, actor, start } = await datasetLab();
    const { datasetId, versionId } = await start(Buffer.from(makeRows(150_000).join('\n')));
    const run = datasets.runImport(actor.workspaceId, versionId);
    const failed = expect(run).rejects.toThrow('The import process ended (SIGKILL).');
    for await (const { version } of datasets.watch(actor, datasetId, new AbortController().signal)) {
      if ((version.progress?.rows ?? 0) === 0) continue;
      for (const pid of importProcesses()) process.kill(pid, 'SIGKILL');
      break;
    }
    await failed;
    expect(await storedExamples(datasetId)).toEqual([]);
    expect(await datasets.runImport(actor.workspaceId, versionId)).toEqual({ status: 'ready', rows: 150_000 });
  });

  it('serves one file after the other', async () => {
    const { importBytes } = await datasetLab();
    const bytes = Buffer.from(makeRows(20).join('\n'));
    expect(await importBytes(bytes)).toMatchObject({ status: 'ready', rows: 20 });
    const before = importProcesses();
    expect(await importBytes(bytes)).toMatchObject({ status: 'ready', rows: 20 });
    expect(importProcesses()).toEqual(before);
  });

  it('ends when nobody is there any more who could want its rows', async () => {
    const child = fork('dist/import-process.mjs', [], { execArgv: [], serialization: 'advanced' });
    await once(child, 'spawn');
    await sleep(100);
    const ended = once(child, 'exit');
    child.disconnect();
    expect(await ended).toEqual([0, null]);
  });

  it('says that a file is gone', async () => {
    const { datasets, actor, start, storage } = await datasetLab();
    const { datasetId, versionId } = await start(Buffer.from(makeRows(20).join('\n')));
    storage.location = async () => ({ path: '/nowhere/at-all', bytes: 10 });
    expect(await datasets.runImport(actor.workspaceId, versionId)).toEqual({ status: 'failed', rows: 0 });
    expect((await datasets.get(actor, datasetId)).version.statusReason).toContain('not in the storage');
  });

  it('reads a file from the address a cloud gives', async () => {
    const { datasets, actor, start, storage } = await datasetLab();
    const { versionId } = await start(Buffer.from('not what is read'));
    const cloud = await hostHandler(async () => new Response(makeRows(3000).join('\n')));
    storage.location = async () => ({ url: `${cloud.origin}/file` });
    expect(await datasets.runImport(actor.workspaceId, versionId)).toEqual({ status: 'ready', rows: 3000 });
    await cloud.close();
  });
});
