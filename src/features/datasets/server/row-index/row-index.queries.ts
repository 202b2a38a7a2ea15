import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type { ExampleFilter } from '../../change.schema';
import { FLAG, roleFlag } from '../../flag.rules';
import { splits } from '../../split.rules';
import { TokenEngine } from '../import/o200k/engine';
import { ALL_ROWS, type BlockRows, Directory, pageOf, pagesOf, readRows, type Stretch } from './index-lookup';
import { flagMark, scoreMarks, splitMark, tokensMarks } from './marks';
import { searchWords } from './search-words';

export interface VersionKey {
  datasetId: string;
  number: number;
}

/** Where rows that match may be. Rows of versions after `base`, which came from changes, are in no index. */
export interface Candidates {
  base: number;
  /** Part by part in the order of the file, from a place on: few at first, because what is common is found soon. */
  parts(after: number): AsyncGenerator<CandidatePart>;
}

export interface CandidatePart {
  blocks: BlockRows[];
  /** Everything up to this place has been told of; the last part reaches to the end. */
  upTo: number;
}

/** No row has a place behind it. */
export const LAST_PLACE = Number.MAX_SAFE_INTEGER;
const GROWTH = 4;

/** What a row must have all of: each entry names alternatives. */
type Wanted = (string | number)[][];

let engine: TokenEngine | null = null;
const MAX_SCORE = 100;
/** More alternatives than this say little: token counts up to a million have them. */
const MAX_ALTERNATIVES = 320;
/** What the chat format itself takes: see measure-example.ts. */
const FEWEST_TOKENS = 7;

/** @param longest  tokens of the longest example of the version */
function wantedOf(filter: ExampleFilter, longest: number): Wanted {
  const { split, flag, role, minScore, maxScore, minTokens, maxTokens, search } = filter;
  const bit = (mask: number) => flagMark(31 - Math.clz32(mask));
  const ranges = [
    minScore !== undefined || maxScore !== undefined ? scoreMarks(minScore ?? 0, maxScore ?? MAX_SCORE) : null,
    minTokens !== undefined || maxTokens !== undefined
      ? tokensMarks(Math.max(minTokens ?? 0, FEWEST_TOKENS), Math.min(maxTokens ?? longest, longest))
      : null,
  ];
  return [
    ...(split ? [[splitMark(splits.indexOf(split))]] : []),
    ...(flag ? [[bit(FLAG[flag])]] : []),
    ...(role ? [[bit(FLAG[roleFlag[role]])]] : []),
    ...ranges.filter((marks) => marks !== null && marks.length <= MAX_ALTERNATIVES).map((marks) => marks ?? []),
    ...(search ? searchWords(search).map((word) => [word]) : []),
  ];
}

export const rowIndexQueries = {
  /** Null: the filter asks for nothing that is indexed, or the version is small enough to be looked through. */
  candidates: async (version: VersionKey, filter: ExampleFilter): Promise<Candidates | null> => {
    if (filter.ids) return null;
    const asksTokens = filter.minTokens !== undefined || filter.maxTokens !== undefined;
    return find(version, wantedOf(filter, asksTokens ? await longestOf(version) : 0), filter.line);
  },

  /** All rows of the file that have one of these marks. Null as above. */
  withMarks: async (
    version: VersionKey,
    marks: readonly number[],
  ): Promise<{ base: number; blocks: BlockRows[] } | null> => {
    const found = await find(version, [[...marks]]);
    if (!found) return null;
    const blocks: BlockRows[] = [];
    for await (const part of found.parts(0)) blocks.push(...part.blocks);
    return { base: found.base, blocks };
  },
};

/** So that a range without an upper end asks for no marks that nobody has. */
async function longestOf({ datasetId, number }: VersionKey): Promise<number> {
  const version = await database().datasetVersion.findFirst({
    where: { datasetId, number },
    select: { maxExampleTokens: true },
  });
  return version?.maxExampleTokens ?? 0;
}

/** The newest file that the version stands on, and where the blocks of its rows are, segment by segment. Null: it has no index. */
export async function directoriesOf({ datasetId, number }: VersionKey) {
  const rows = await database().$queryRaw<{ base: number; body: Uint8Array }[]>`
    SELECT w.from_version AS base, w.body FROM example_words w
    WHERE w.dataset_id = ${datasetId}::uuid AND w.page = -1 AND w.from_version = (
      SELECT max(v.number) FROM dataset_versions v
      WHERE v.dataset_id = ${datasetId}::uuid AND v.number <= ${number} AND v.status = 'ready' AND v.change IS NULL)
    ORDER BY w.segment`;
  const base = rows[0]?.base;
  return base === undefined ? null : { base, directories: rows.map(({ body }) => new Directory(body)) };
}

async function find(version: VersionKey, wanted: Wanted, line?: number): Promise<Candidates | null> {
  if (wanted.length === 0 && line === undefined) return null;
  const file = await directoriesOf(version);
  if (!file) return null;
  const { base, directories } = file;
  const hashes = hashesOf(wanted);
  return {
    base,
    async *parts(after) {
      let from = Math.max(
        0,
        directories.findLastIndex(({ start }) => start <= after),
      );
      for (let size = 1; from < directories.length; size *= GROWTH) {
        const segments = directories.slice(from, from + size).map((directory, i) => ({ id: from + i, directory }));
        const blocks = await lookUp(version.datasetId, base, segments, hashes, line);
        from += segments.length;
        yield { blocks, upTo: (directories[from]?.start ?? LAST_PLACE + 1) - 1 };
      }
    },
  };
}

/** For each thing that is wanted the hashes of which one must be there. */
function hashesOf(wanted: Wanted): number[][] {
  engine ??= new TokenEngine();
  const hashes: number[][] = [];
  for (const alternatives of wanted) {
    const found = engine.wordHashes(alternatives);
    // A text may be several words, all of which are wanted; marks are alternatives.
    if (typeof alternatives[0] === 'string') hashes.push(...found.map((hash) => [hash]));
    else hashes.push(found);
  }
  return hashes;
}

interface Segment {
  id: number;
  directory: Directory;
}

async function lookUp(
  datasetId: string,
  base: number,
  segments: readonly Segment[],
  hashes: readonly number[][],
  line: number | undefined,
): Promise<BlockRows[]> {
  const bits = [...new Set(segments.map(({ directory }) => directory.bits))];
  const pages = [...new Set(hashes.flat().flatMap((hash) => bits.map((size) => pageOf(hash, size))))];
  const rows = await database().$queryRaw<{ segment: number; page: number; body: Uint8Array }[]>`
    SELECT segment, page, body FROM example_words
    WHERE dataset_id = ${datasetId}::uuid AND from_version = ${base} AND page = ANY(${pages}::int[])
      AND segment BETWEEN ${segments[0]?.id ?? 0} AND ${segments.at(-1)?.id ?? 0}`;
  const found = new Map(rows.map(({ segment, page, body }) => [`${segment} ${page}`, body]));
  return segments.flatMap(({ id, directory }) => {
    let has: Uint16Array | null = null;
    for (const alternatives of hashes) {
      const one = new Uint16Array(directory.size);
      for (const [number, words] of pagesOf(alternatives, directory.bits)) {
        const page = found.get(`${id} ${number}`);
        if (page) readRows(page, words, directory.bits, one);
      }
      has = has === null ? one : has.map((rows, i) => rows & (one[i] ?? 0));
    }
    if (has?.every((rows) => rows === 0)) return [];
    const { blocks, lines } = directory.read();
    const isAsked = (i: number) => line === undefined || ((lines[i] ?? 0) <= line && line <= (lines[i + 1] ?? 0));
    return blocks.flatMap((block, i) => {
      const rows = has === null ? ALL_ROWS : (has[i] ?? 0);
      return rows !== 0 && isAsked(i) ? [{ ...block, rows }] : [];
    });
  });
}

/**
 * Some rows of the file that a version stands on, as far as the version still has them, for a FROM clause; with those in no
 * index whose place is in the bounds. Rows are numbered through their block whether or not they are still there.
 */
export function candidateRows(
  { datasetId, number }: VersionKey,
  base: number,
  blocks: readonly BlockRows[],
  bounds: Stretch,
): Prisma.Sql {
  const there = Prisma.sql`(e.to_version IS NULL OR e.to_version > ${number})`;
  const [lows, highs, rows] = [
    blocks.map(({ from }) => from),
    blocks.map(({ to }) => to),
    blocks.map((one) => one.rows),
  ];
  // OFFSET 0: what is costly is asked of the chosen rows only.
  const indexed = Prisma.sql`
    SELECT e.* FROM unnest(${lows}::bigint[], ${highs}::bigint[], ${rows}::int[]) AS b(low, high, rows)
    CROSS JOIN LATERAL (
      SELECT e.* FROM (
        SELECT *, row_number() OVER (ORDER BY ordinal)::int - 1 AS place_in_block FROM training_examples
        WHERE dataset_id = ${datasetId}::uuid AND ordinal BETWEEN b.low AND b.high AND from_version = ${base}) e
      WHERE (b.rows >> e.place_in_block) & 1 = 1 AND ${there} OFFSET 0) e`;
  if (number === base) return indexed;
  return Prisma.sql`${indexed} UNION ALL
    SELECT e.*, 0 FROM training_examples e
    WHERE e.dataset_id = ${datasetId}::uuid AND e.from_version > ${base} AND e.from_version <= ${number} AND ${there}
      AND e.ordinal BETWEEN ${bounds.from} AND ${bounds.to}`;
}
