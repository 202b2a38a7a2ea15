import type { Actor } from '@/lib/actor';
import { datasetNotFound } from '../../dataset.errors';
import { scoreFigures } from '../../score.rules';
import type { ScoresInput, VersionScore } from '../../score.schema';
import type { DatasetDeps } from '../dataset.service';
import type { ScoredVersion } from './score.queries';

type Deps = Pick<DatasetDeps, 'repo' | 'scores' | 'analysis'>;

/**
 * The quality of each ready version, exact for any choice of signals. With all of them it is what the versions say of
 * themselves; the first time that some are off the rows are gone through once, and what that tells is kept with the versions.
 */
export function readScores({ repo, scores, analysis }: Deps) {
  const running = new Map<string, Promise<void>>();

  return async (actor: Actor, { datasetId, off }: ScoresInput): Promise<VersionScore[]> => {
    actor.require('datasets:read');
    if (!(await repo.find(actor.workspaceId, datasetId))) throw datasetNotFound();
    const versions = await scores.versions(actor.workspaceId, datasetId);
    if (off.length === 0) return versions.map(({ id, score, remarks }) => ({ versionId: id, ...score, remarks }));
    const without = new Set(off);
    const counted = await withSets(actor.workspaceId, datasetId, versions);
    return counted.map(({ id, sets, remarks }) => ({ versionId: id, ...scoreFigures(sets ?? [], without), remarks }));
  };

  /** Whoever asks in the meantime waits for the same pass. */
  async function withSets(workspaceId: string, datasetId: string, versions: ScoredVersion[]) {
    const missing = versions.filter(({ sets }) => sets === null);
    if (missing.length === 0) return versions;
    const key = missing.map(({ id, attempt }) => `${id}/${attempt}`).join(' ');
    const underWay = running.get(key) ?? count(datasetId, missing).finally(() => running.delete(key));
    running.set(key, underWay);
    await underWay;
    // A version that was read anew in the meantime is counted the next time somebody asks.
    return (await scores.versions(workspaceId, datasetId)).filter(({ sets }) => sets !== null);
  }

  async function count(datasetId: string, missing: readonly ScoredVersion[]): Promise<void> {
    const found = await scores.signalSets(
      datasetId,
      missing.map(({ number }) => number),
    );
    for (const { id, attempt, number } of missing)
      await analysis.save({ id, attempt }, 'signals', found.get(number) ?? []);
  }
}
