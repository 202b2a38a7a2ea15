import type { Tx } from '@/lib/transaction';
import { versionNotFound, versionNotReady } from '../../dataset.errors';
import type { Split } from '../../split.rules';
import type { DatasetDeps, HoldoutExample, VersionSnapshot } from '../dataset.service';

type Deps = Pick<DatasetDeps, 'repo' | 'queries' | 'examples'>;

/** @throws not_found `datasets.version_not_found`; precondition_failed `datasets.version_not_ready` */
export const readSnapshot =
  ({ queries }: Pick<Deps, 'queries'>) =>
  async (workspaceId: string, versionId: string, tx?: Tx): Promise<VersionSnapshot> => {
    const snapshot = await queries.snapshot(workspaceId, versionId, tx);
    if (!snapshot) throw versionNotFound();
    const { datasetName, number, status } = snapshot;
    if (status !== 'ready') throw versionNotReady(datasetName, number, status);
    return snapshot;
  };

/** For whoever makes something that needs the version: the dataset's row says who comes first, whoever else changes it. */
export const claimVersion =
  ({ repo, queries }: Pick<Deps, 'repo' | 'queries'>) =>
  async (tx: Tx, workspaceId: string, versionId: string): Promise<void> => {
    await repo.shareByVersion(tx, workspaceId, versionId);
    // A statement of its own after the lock, so that it sees what the last holder wrote.
    await readSnapshot({ queries })(workspaceId, versionId, tx);
  };

/** Each line as it arrived, ended by one LF whatever the file had: the same bytes every time, in flat memory. */
export const readSplitFile = (deps: Pick<Deps, 'queries' | 'examples'>) =>
  async function* (workspaceId: string, versionId: string, split: Split): AsyncGenerator<Buffer> {
    const version = await readSnapshot(deps)(workspaceId, versionId);
    for await (const lines of deps.examples.lines(version, split)) yield Buffer.from(`${lines.join('\n')}\n`);
  };

export const readHoldout =
  (deps: Pick<Deps, 'queries' | 'examples'>) =>
  async (workspaceId: string, versionId: string, limit: number): Promise<HoldoutExample[]> => {
    const version = await readSnapshot(deps)(workspaceId, versionId);
    return deps.examples.holdout(version, limit);
  };
