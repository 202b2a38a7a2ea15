import type { Actor } from '@/lib/actor';
import { countedLimits, type FitBase, judgeFit, longestExample } from '../../fit.rules';
import { type FitLine, fitVerdicts, type VersionFit } from '../../fit.schema';
import { chosenHyperparameters, resolveAuto } from '../../plan.rules';
import type { JobDeps } from '../job.service';

type Deps = Pick<JobDeps, 'providers' | 'datasets' | 'budgets'>;
type Base = Awaited<ReturnType<Deps['providers']['listBaseModels']>>[number];

/**
 * Where a version can be trained, one line for each base model of each connection: from figures that are counted once for
 * all of them. Asks no provider.
 * @throws not_found `datasets.version_not_found`; precondition_failed `datasets.version_not_ready`
 */
export const fitVersion =
  (deps: Deps) =>
  async (actor: Actor, versionId: string): Promise<VersionFit> => {
    actor.require('jobs:read');
    const { workspaceId } = actor;
    const version = await deps.datasets.snapshot(workspaceId, versionId);
    const bases = await deps.providers.listBaseModels(actor);
    const contents = await deps.datasets.contents(workspaceId, versionId);
    const shutOut = await deps.datasets.shutOut(workspaceId, versionId, bases.flatMap(limitsOf));
    const lines = bases.map(async (base, place) => {
      const [certain, possible, cut] = shutOut.slice(place * 3, place * 3 + 3);
      if (!certain || !possible || !cut) throw new Error('A base model was judged without its counts.');
      const { trainRows, trainTokens } = version;
      const judged = judgeFit(base, {
        ...{ trainRows, trainTokens, ...contents, cut },
        certainlyLong: sum(certain.rows),
        possiblyLong: sum(possible.rows),
      });
      return toLine(deps, workspaceId, base, judged);
    });
    const { datasetId, number, trainRows } = version;
    return { versionId, datasetId, number, trainRows, lines: (await Promise.all(lines)).toSorted(byVerdict) };
  };

const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

/** Three looks for each base model: what is too long for sure, what may be, and everything that has to go. */
function limitsOf(base: FitBase) {
  const limits = countedLimits(base);
  const any = { tools: true, images: true };
  return [
    { ...any, maxTokens: limits?.hopeful ?? null },
    { ...any, maxTokens: limits?.safe ?? null },
    { maxTokens: limits?.hopeful ?? null, tools: base.accepts.tools !== false, images: base.accepts.images !== false },
  ];
}

async function toLine(
  { budgets }: Deps,
  workspaceId: string,
  base: Base,
  judged: ReturnType<typeof judgeFit>,
): Promise<FitLine> {
  const { trainRows, trainTokens } = judged;
  const { low, expected, high } = resolveAuto(base, chosenHyperparameters(base), trainRows).epochs;
  const estimate = await budgets.estimateTraining(workspaceId, {
    ...{ connectionKind: base.connectionKind, baseModel: base.id, trainTokens, trainExamples: trainRows },
    epochs: { low, expected, high },
  });
  const { connectionId, connectionLabel, id, label, minExamples, maxExamples, maxFileBytes, tokenCount } = base;
  const { exact, least, most, measured } = tokenCount;
  return {
    ...{ connectionId, connectionLabel, baseModel: id, label, ...judged, estimate },
    limits: { tokens: longestExample(base), minExamples, maxExamples, maxFileBytes },
    tokenCount: { exact, least, most, measured },
    epochs: { low, expected, high },
  };
}

const byVerdict = (a: FitLine, b: FitLine): number => fitVerdicts.indexOf(a.verdict) - fitVerdicts.indexOf(b.verdict);
