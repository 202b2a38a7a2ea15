import type { Actor } from '@/lib/actor';
import { decodeCursor, type Page, toPage } from '@/lib/keyset';
import { versionStats } from '../../dataset.schema';
import type { DiffInput, DiffRow, DiffRowsInput, VersionDiff, VersionFigures } from '../../diff.schema';
import { versionNotReadable } from '../../export.errors';
import type { DatasetDeps } from '../dataset.service';
import { chooseVersion } from '../use-cases/choose-version';
import { createDiffMemory } from './diff-memory';
import { type Differences, findDifferences } from './find-differences';
import type { DiffEntry } from './pair-rows';

type Deps = Pick<DatasetDeps, 'repo' | 'diffs'>;
type Version = Awaited<ReturnType<typeof chooseVersion>>;

/**
 * What has become of one version in another, older or newer.
 * @throws not_found `datasets.not_found`, `datasets.version_not_found`; precondition_failed `datasets.version_not_ready`
 */
export function compareVersions(deps: Deps): {
  diff(actor: Actor, input: DiffInput): Promise<VersionDiff>;
  diffRows(actor: Actor, input: DiffRowsInput): Promise<Page<DiffRow>>;
} {
  const remember = createDiffMemory();

  async function open(actor: Actor, { datasetId, fromId, toId }: DiffInput) {
    actor.require('datasets:read');
    const from = await readyVersion(deps, actor, datasetId, fromId);
    const to = await readyVersion(deps, actor, datasetId, toId);
    const isForward = from.number <= to.number;
    const [low, high] = isForward ? [from, to] : [to, from];
    // A version that was checked again may have other rows than before: its attempt is another one then.
    const key = [low, high].map(({ id, attempt }) => `${id}.${attempt}`).join(' ');
    const numbers = { datasetId, low: low.number, high: high.number };
    const found = await remember(key, () => findDifferences(deps.diffs, numbers));
    return { from, to, found: isForward ? found : reversed(found) };
  }

  return {
    diff: async (actor, input) => {
      const { from, to, found } = await open(actor, input);
      const { changed, added, removed, moved } = found.entries;
      return {
        from: sideOf(from),
        to: sideOf(to),
        ...{ counts: found.counts, pairedByText: found.pairedByText },
        listed: { changed: changed.length, added: added.length, removed: removed.length, moved: moved.length },
        figures: { before: figuresOf(from), after: figuresOf(to) },
      };
    },

    diffRows: async (actor, input) => {
      const { found } = await open(actor, input);
      // The list of two versions is the same every time, so the place in it is a key.
      const [last = '-1'] = decodeCursor(input.cursor) ?? [];
      const start = Number.isSafeInteger(Number(last)) ? Math.max(0, Number(last) + 1) : 0;
      const places = found.entries[input.kind]
        .slice(start, start + input.limit + 1)
        .map((entry, index) => ({ entry, place: start + index }));
      const page = toPage(places, input.limit, ({ place }) => [place]);
      const ids = page.items.flatMap(({ entry: { before, after } }) => [before?.id ?? [], after?.id ?? []].flat());
      const rows = await deps.diffs.summaries(input.datasetId, ids);
      const shown = (side: DiffEntry['before']) => (side && rows.get(side.id)) ?? null;
      const items = page.items.map(({ entry }) => ({ before: shown(entry.before), after: shown(entry.after) }));
      return { items, nextCursor: page.nextCursor };
    },
  };
}

const sideOf = ({ id, number, rowsNumbered }: Version) => ({ id, number, rowsNumbered });

async function readyVersion(deps: Deps, actor: Actor, datasetId: string, versionId: string): Promise<Version> {
  const version = await chooseVersion(deps, actor.workspaceId, { datasetId, versionId });
  if (version.status === 'ready') return version;
  const dataset = await deps.repo.find(actor.workspaceId, datasetId);
  throw versionNotReadable(dataset?.name ?? '', version.number, version.status);
}

const turned = ({ kind, before, after }: DiffEntry): DiffEntry => ({
  kind: kind === 'added' ? 'removed' : kind === 'removed' ? 'added' : kind,
  ...{ before: after, after: before },
});

function reversed({ counts, pairedByText, entries }: Differences): Differences {
  const { changed, added, removed, moved } = entries;
  return {
    counts: { ...counts, added: counts.removed, removed: counts.added },
    pairedByText,
    entries: {
      changed: changed.map(turned),
      added: removed.map(turned),
      removed: added.map(turned),
      moved: moved.map(turned),
    },
  };
}

function figuresOf(version: Version): VersionFigures {
  const { rows, trainRows, validationRows, holdoutRows, problems, warnings } = version;
  const stats = versionStats.safeParse(version.stats);
  return {
    ...{ rows, trainRows, validationRows, holdoutRows, problems, warnings },
    tokens: Number(version.tokens),
    trainableTokens: Number(version.trainableTokens),
    trainTokens: Number(version.trainTokens),
    percentiles: stats.success ? stats.data.percentiles : null,
  };
}
