import type { DiffKind } from '../../diff.rules';
import type { VersionDiff } from '../../diff.schema';
import type { DiffQueries } from './diff.queries';
import { type DiffEntry, pairByLine, pairByPlace, pairByText, unpaired, type VersionPair } from './pair-rows';

/** Beyond this many rows on one side the lists are cut, and texts are no longer compared. */
export const LISTED_ROWS = 50_000;

export interface Differences {
  counts: VersionDiff['counts'];
  pairedByText: boolean;
  /** By kind, in the order of the file. */
  entries: Record<DiffKind, DiffEntry[]>;
}

/**
 * What the higher version has made of the lower one. Two rows are the same when their content hash and split are; the order
 * of rows does not matter. Of the rest, a removed and an added row are one changed row when they stand at the same place of
 * the file, else when they alone share a question, else, when the versions come from two files, when they have the same line
 * number.
 */
export async function findDifferences(
  queries: DiffQueries,
  pair: VersionPair,
  limit = LISTED_ROWS,
): Promise<Differences> {
  const { totals, ...loose } = await queries.loose(pair, limit);
  const isCut = totals.removed > limit || totals.added > limit;
  if (isCut) {
    const { entries, rest } = pairByPlace(beforeTheCut(loose, totals));
    const { changed, moved } = await queries.samePlace(pair);
    const counts = {
      ...{ changed, moved },
      removed: Math.max(0, totals.removed - changed - moved),
      added: Math.max(0, totals.added - changed - moved),
    };
    return { counts, pairedByText: false, entries: byKind([...entries, ...unpaired(rest)]) };
  }
  const placed = pairByPlace(loose);
  const { removed, added } = placed.rest;
  const isOpen = removed.length > 0 && added.length > 0;
  const ids = isOpen ? [...removed, ...added].map(({ id }) => id) : [];
  const questions = await queries.questions(pair.datasetId, ids);
  const told = pairByText(placed.rest, questions);
  const inLine = isOpen && (await queries.areNumberedAlike(pair)) ? pairByLine(told.rest) : null;
  const rest = inLine?.rest ?? told.rest;
  const entries = byKind([...placed.entries, ...told.entries, ...(inLine?.entries ?? []), ...unpaired(rest)]);
  const { changed, added: came, removed: went, moved } = entries;
  const counts = { changed: changed.length, added: came.length, removed: went.length, moved: moved.length };
  return { counts, pairedByText: true, entries };
}

/** Up to the place where the first of the two lists was cut: beyond it a row's partner may be missing. */
function beforeTheCut(
  { removed, added }: Pick<Awaited<ReturnType<DiffQueries['loose']>>, 'removed' | 'added'>,
  totals: { removed: number; added: number },
) {
  const ends = [
    totals.removed > removed.length ? removed.at(-1)?.ordinal : undefined,
    totals.added > added.length ? added.at(-1)?.ordinal : undefined,
  ];
  const end = Math.min(...ends.map((each) => each ?? Number.POSITIVE_INFINITY));
  const known = (row: { ordinal: number }) => row.ordinal <= end;
  return { removed: removed.filter(known), added: added.filter(known) };
}

function byKind(entries: readonly DiffEntry[]): Record<DiffKind, DiffEntry[]> {
  const place = ({ before, after }: DiffEntry) => (after ?? before)?.ordinal ?? 0;
  const name = ({ before, after }: DiffEntry) => (after ?? before)?.id ?? '';
  const sorted = [...entries].sort((a, b) => place(a) - place(b) || (name(a) < name(b) ? -1 : 1));
  const of = (kind: DiffKind) => sorted.filter((entry) => entry.kind === kind);
  return { changed: of('changed'), added: of('added'), removed: of('removed'), moved: of('moved') };
}
