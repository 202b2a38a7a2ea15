import type { DiffKind } from '../../diff.rules';

/** Two versions of one dataset; the caller has checked whose it is. */
export interface VersionPair {
  datasetId: string;
  low: number;
  high: number;
}

/** A row that is in one of the two versions and not in the other. */
export interface LooseRow {
  id: string;
  /** Place in its file, in bytes: an edit keeps it, and no other row of the file ever gets it. */
  ordinal: number;
  line: number;
  split: number;
  hash: bigint;
}

/** A row as the database gives it. */
export type FoundRow = Omit<LooseRow, 'ordinal'> & { ordinal: bigint };

/** Whatever else a query has beside it stays behind. */
export const toLooseRow = ({ id, ordinal, line, split, hash }: FoundRow): LooseRow => ({
  ...{ id, ordinal: Number(ordinal), line, split, hash },
});

/** Rows without a partner on the other side, each list in file order. */
export interface Loose {
  removed: readonly LooseRow[];
  added: readonly LooseRow[];
}

export interface LooseRows extends Loose {
  /** True totals: the lists may be cut. */
  totals: { removed: number; added: number };
}

export interface DiffEntry {
  kind: DiffKind;
  before: LooseRow | null;
  after: LooseRow | null;
}

interface Paired {
  entries: DiffEntry[];
  rest: Loose;
}

type KeyOf = (row: LooseRow) => string | number | bigint | undefined;

/**
 * The same text on both sides can only have moved to another split: rows with the same text and split are not loose.
 * Whatever else stands at the same place of the file is a row that was changed there.
 */
export function pairByPlace(loose: Loose): Paired {
  const moved = pair(loose, 'moved', ({ hash }) => hash);
  const changed = pair(moved.rest, 'changed', ({ ordinal }) => ordinal);
  return { entries: [...moved.entries, ...changed.entries], rest: changed.rest };
}

/**
 * Rows with the same question, when no other loose row of either side has it.
 *
 * @param questions  first user text (or a hash of it) by row id; rows that have none are left out
 */
export const pairByText = (loose: Loose, questions: ReadonlyMap<string, string>): Paired =>
  pair(loose, 'changed', onlyOnce(loose, questions));

/** Rows of the same line number, for two files in which places have shifted. In one file places alone tell rows apart. */
export const pairByLine = (loose: Loose): Paired => pair(loose, 'changed', ({ line }) => line);

/** What is left is there on one side only. */
export const unpaired = ({ removed, added }: Loose): DiffEntry[] => [
  ...removed.map((before): DiffEntry => ({ kind: 'removed', before, after: null })),
  ...added.map((after): DiffEntry => ({ kind: 'added', before: null, after })),
];

/** Pairs the first removed row of a key with the first added one, the second with the second, and so on. */
function pair({ removed, added }: Loose, kind: DiffKind, keyOf: KeyOf): Paired {
  const waiting = new Map<string | number | bigint, LooseRow[]>();
  for (const row of removed) {
    const key = keyOf(row);
    if (key === undefined) continue;
    const list = waiting.get(key);
    if (list) list.push(row);
    else waiting.set(key, [row]);
  }
  const entries: DiffEntry[] = [];
  const taken = new Set<LooseRow>();
  const left = added.filter((after) => {
    const key = keyOf(after);
    const before = key === undefined ? undefined : waiting.get(key)?.shift();
    if (before === undefined) return true;
    taken.add(before);
    entries.push({ kind, before, after });
    return false;
  });
  return { entries, rest: { removed: removed.filter((row) => !taken.has(row)), added: left } };
}

function onlyOnce({ removed, added }: Loose, questions: ReadonlyMap<string, string>): KeyOf {
  const count = (rows: readonly LooseRow[]) => {
    const counts = new Map<string, number>();
    for (const { id } of rows) {
      const question = questions.get(id);
      if (question !== undefined) counts.set(question, (counts.get(question) ?? 0) + 1);
    }
    return counts;
  };
  const [before, after] = [count(removed), count(added)];
  return ({ id }) => {
    const question = questions.get(id);
    return question !== undefined && before.get(question) === 1 && after.get(question) === 1 ? question : undefined;
  };
}
