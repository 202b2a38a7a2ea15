import type { Actor } from '@/lib/actor';
import type { Page } from '@/lib/keyset';
import type { Problem, ProblemListInput, ValidationReport } from '../../dataset.schema';
import type { DatasetDeps } from '../dataset.service';
import { chooseVersion } from './choose-version';

type Deps = Pick<DatasetDeps, 'repo' | 'problems'>;

export const readReport =
  ({ repo, problems }: Deps) =>
  async (actor: Actor, ref: { datasetId: string; versionId?: string }): Promise<ValidationReport> => {
    actor.require('datasets:read');
    return problems.report(await chooseVersion({ repo }, actor.workspaceId, ref));
  };

export const listProblems =
  ({ repo, problems }: Deps) =>
  async (actor: Actor, input: ProblemListInput): Promise<Page<Problem>> => {
    actor.require('datasets:read');
    const version = await chooseVersion({ repo }, actor.workspaceId, input);
    return problems.list(version.id, input);
  };
