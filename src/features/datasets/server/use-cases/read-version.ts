import { versionNotFound, versionNotReady } from '../../dataset.errors';
import type { Split } from '../../split.rules';
import type { DatasetDeps, HoldoutExample, VersionSnapshot } from '../dataset.service';

type Deps = Pick<DatasetDeps, 'queries' | 'examples'>;

/** @throws not_found `datasets.version_not_found`; precondition_failed `datasets.version_not_ready` */
export const readSnapshot =
  ({ queries }: Pick<Deps, 'queries'>) =>
  async (workspaceId: string, versionId: string): Promise<VersionSnapshot> => {
    const snapshot = await queries.snapshot(workspaceId, versionId);
    if (!snapshot) throw versionNotFound();
    const { datasetName, number, status } = snapshot;
    if (status !== 'ready') throw versionNotReady(datasetName, number, status);
    return snapshot;
  };

/** Each line as it arrived, ended by one LF whatever the file had: the same bytes every time, in flat memory. */
export const readSplitFile = (deps: Deps) =>
  async function* (workspaceId: string, versionId: string, split: Split): AsyncGenerator<Buffer> {
    const version = await readSnapshot(deps)(workspaceId, versionId);
    for await (const lines of deps.examples.lines(version, split)) yield Buffer.from(`${lines.join('\n')}\n`);
  };

export const readHoldout =
  (deps: Deps) =>
  async (workspaceId: string, versionId: string, limit: number): Promise<HoldoutExample[]> => {
    const version = await readSnapshot(deps)(workspaceId, versionId);
    return deps.examples.holdout(version, limit);
  };
