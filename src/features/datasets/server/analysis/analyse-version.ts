import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Actor } from '@/lib/actor';
import type { VersionAnalysis, VersionContents } from '../../analysis.schema';
import { versionNotAnalysed } from '../../dataset.errors';
import { type VersionStats, versionStats } from '../../dataset.schema';
import type { DatasetDeps } from '../dataset.service';
import { chooseVersion } from '../use-cases/choose-version';
import { readSnapshot } from '../use-cases/read-version';
import type { ExampleLimit, ShutOut } from './analysis.queries';
import type { Reading } from './analysis.repository';
import { RowAnalysis } from './row-analysis';

type Deps = Pick<DatasetDeps, 'repo' | 'queries' | 'analysis' | 'analysisQueries'>;

const SAMPLE_ROWS = 50_000;
/** Longest time that counting keeps this thread from other requests. */
const SLICE_MS = 8;

/** Figures of any version. @throws not_found, also for another workspace's */
export const readStats =
  ({ repo }: Pick<Deps, 'repo'>) =>
  async (actor: Actor, ref: { datasetId: string; versionId: string }): Promise<VersionStats | null> => {
    actor.require('datasets:read');
    const parsed = versionStats.safeParse((await chooseVersion({ repo }, actor.workspaceId, ref)).stats);
    return parsed.success ? parsed.data : null;
  };

/**
 * What the rows of a version say: made when somebody asks first, then kept. Everybody who asks in the meantime waits for the
 * same look, and one version is looked at after the other.
 * @throws precondition_failed `datasets.version_not_analysed` while the version is not ready
 */
export function analyseVersion({ repo, analysis, analysisQueries }: Deps) {
  const running = new Map<string, Promise<VersionAnalysis>>();
  let last: Promise<unknown> = Promise.resolve();
  return async (actor: Actor, ref: { datasetId: string; versionId: string }): Promise<VersionAnalysis> => {
    actor.require('datasets:read');
    const version = await chooseVersion({ repo }, actor.workspaceId, ref);
    if (version.status !== 'ready') throw versionNotAnalysed(version.number, version.status);
    const key = `${version.id}/${version.attempt}`;
    const underWay = running.get(key) ?? findOrMake(version).finally(() => running.delete(key));
    running.set(key, underWay);
    return underWay;
  };

  async function findOrMake(version: Reading & Parameters<typeof lookAtRows>[1]): Promise<VersionAnalysis> {
    const { rows: kept } = await analysis.find(version);
    if (kept) return kept;
    const look = last.then(() => lookAtRows(analysisQueries, version));
    last = look.catch(() => undefined);
    const found = await look;
    await analysis.save(version, 'rows', found);
    return found;
  }
}

async function lookAtRows(
  queries: Deps['analysisQueries'],
  version: { datasetId: string; number: number; rows: number },
): Promise<VersionAnalysis> {
  const counted = new RowAnalysis();
  for await (const rows of queries.sample(version, SAMPLE_ROWS)) {
    let since = performance.now();
    for (const row of rows) {
      counted.add(row);
      if (performance.now() - since < SLICE_MS) continue;
      await nextTurn();
      since = performance.now();
    }
  }
  const exact = await queries.exactDuplicates(version);
  const near = await queries.nearDuplicates(version);
  return { format: 1, rows: version.rows, ...counted.finish(), duplicates: { exact, near } };
}

/** What examples hold that not every provider takes: counted once over the whole version, then kept. */
export const readContents =
  ({ repo, queries, analysis, analysisQueries }: Deps) =>
  async (workspaceId: string, versionId: string): Promise<VersionContents> => {
    const { datasetId } = await readSnapshot({ queries })(workspaceId, versionId);
    const version = await chooseVersion({ repo }, workspaceId, { datasetId, versionId });
    const { contents: kept } = await analysis.find(version);
    if (kept) return kept;
    const found: VersionContents = { format: 1, ...(await analysisQueries.contents(version)) };
    await analysis.save(version, 'contents', found);
    return found;
  };

/** Asks for no pass over the rows where the version's own figures say that a limit shuts nothing out. */
export const countShutOut =
  (deps: Deps) =>
  async (workspaceId: string, versionId: string, limits: readonly ExampleLimit[]): Promise<ShutOut[]> => {
    const version = await readSnapshot(deps)(workspaceId, versionId);
    const { tools, images } = await readContents(deps)(workspaceId, versionId);
    const any = (counts: readonly number[]) => counts.some((count) => count > 0);
    const matters = (limit: ExampleLimit) =>
      (limit.maxTokens !== null && limit.maxTokens < version.maxExampleTokens) ||
      (!limit.tools && any(tools)) ||
      (!limit.images && any(images));
    const asked = limits.filter(matters).map((limit) => ({ ...limit, images: limit.images || !any(images) }));
    const found = asked.length > 0 ? await deps.analysisQueries.shutOut(version, asked) : [];
    let next = 0;
    return limits.map((limit) => (matters(limit) ? found[next++] : undefined) ?? { rows: [0, 0, 0], trainTokens: 0 });
  };
