import type { Actor } from '@/lib/actor';
import type { Page } from '@/lib/keyset';
import { datasetNotFound } from '../../dataset.errors';
import type { Problem, ProblemListInput, ValidationReport } from '../../dataset.schema';
import { rowName } from '../../left-out.rules';
import type { DatasetDeps } from '../dataset.service';
import { fileOf } from '../left-out/find-left-out';
import { addedSince } from '../left-out/lineage';
import { chooseVersion } from './choose-version';

type Deps = Pick<DatasetDeps, 'repo' | 'problems' | 'queries'>;

export const readReport =
  (deps: Deps) =>
  async (actor: Actor, ref: { datasetId: string; versionId?: string }): Promise<ValidationReport> => {
    actor.require('datasets:read');
    const { workspaceId } = actor;
    const version = await chooseVersion(deps, workspaceId, ref);
    const { groups, ...report } = await deps.problems.report(version);
    if (report.rejectedRows === 0) return { ...report, groups, file: null };
    const { datasetId, id: versionId } = version;
    const file = await fileOf(deps, workspaceId, { datasetId, versionId });
    const tell = await teller(deps, workspaceId, { datasetId, versionId });
    return {
      ...report,
      file: file && { version: file.number, name: file.name, format: file.format },
      groups: groups.map(({ places, ...group }) => ({ ...group, places: places.map(tell) })),
    };
  };

export const listProblems =
  (deps: Deps) =>
  async (actor: Actor, input: ProblemListInput): Promise<Page<Problem>> => {
    actor.require('datasets:read');
    const { id: versionId, datasetId } = await chooseVersion(deps, actor.workspaceId, input);
    const page = await deps.problems.list(versionId, input);
    const tell = await teller(deps, actor.workspaceId, { datasetId, versionId });
    return { ...page, items: page.items.map(tell) };
  };

/** Says of rows that were left out to which newer version they were added, as far as the current one is made of it. */
async function teller({ repo, queries }: Deps, workspaceId: string, ref: { datasetId: string; versionId: string }) {
  const dataset = await repo.find(workspaceId, ref.datasetId);
  if (!dataset) throw datasetNotFound();
  const all = await queries.origins(workspaceId, ref.datasetId);
  const added = addedSince(all, { versionId: ref.versionId, currentId: dataset.currentVersionId });
  return (problem: Problem): Problem => {
    const { line, element, severity } = problem;
    return {
      ...problem,
      addedIn: (severity === 'error' && line !== null && added.get(rowName({ line, element }))) || null,
    };
  };
}
