import { database } from '@/platform/db/database';
import { Prisma } from '@/platform/db/generated/client';
import type { ExampleFilter } from '../../change.schema';
import { FLAG, roleFlag } from '../../flag.rules';
import { splits } from '../../split.rules';
import { TokenEngine } from '../import/o200k/engine';
import { type Directory, pageOf, readBlocks, readDirectory, type Stretch } from './index-lookup';
import { flagMark, scoreMarks, splitMark, tokensMarks } from './marks';
import { searchWords } from './search-words';

export interface VersionKey {
  datasetId: string;
  number: number;
}

/** Where rows that match may be. Rows of versions after `base`, which came from changes, are in no index. */
export interface Candidates {
  base: number;
  /** In the order of the file. */
  stretches: Stretch[];
}

/** What a row must have all of: each entry names alternatives. */
type Wanted = (string | number)[][];

let engine: TokenEngine | null = null;
const MAX_SCORE = 100;
/** More alternatives than this say little, and each is looked up. */
const MAX_ALTERNATIVES = 40;
const ANY_TOKENS = 2 ** 24;

function wantedOf(filter: ExampleFilter): Wanted {
  const { split, flag, role, minScore, maxScore, minTokens, maxTokens, search } = filter;
  const bit = (mask: number) => flagMark(31 - Math.clz32(mask));
  const ranges = [
    minScore !== undefined || maxScore !== undefined ? scoreMarks(minScore ?? 0, maxScore ?? MAX_SCORE) : null,
    minTokens !== undefined || maxTokens !== undefined ? tokensMarks(minTokens ?? 1, maxTokens ?? ANY_TOKENS) : null,
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
  candidates: (version: VersionKey, filter: ExampleFilter): Promise<Candidates | null> =>
    filter.ids ? Promise.resolve(null) : find(version, wantedOf(filter), filter.line),

  /** The same for rows that have one of these marks. */
  withMarks: (version: VersionKey, marks: readonly number[]): Promise<Candidates | null> => find(version, [[...marks]]),
};

async function find(version: VersionKey, wanted: Wanted, line?: number): Promise<Candidates | null> {
  if (wanted.length === 0 && line === undefined) return null;
  const rows = await readBase(version);
  const [first] = rows;
  if (!first) return null;
  const segments = rows.map(({ body }) => readDirectory(body));
  const offsets = segments.map((_, i) => segments.slice(0, i).reduce((sum, { blocks }) => sum + blocks.length, 0));
  let kept: Uint8Array | null = line === undefined ? null : blocksOfLine(segments, line);
  // The rarest come first by luck only, but nothing is read once nothing can match.
  for (const blocks of await lookUp(version.datasetId, first.base, segments, offsets, wanted))
    kept = kept === null ? blocks : kept.map((has, i) => has & (blocks[i] ?? 0));
  const all = segments.flatMap(({ blocks }) => blocks);
  return { base: first.base, stretches: joined(all.filter((_, i) => kept?.[i] === 1)) };
}

/** Directories of the newest file that the version stands on. */
const readBase = ({ datasetId, number }: VersionKey) =>
  database().$queryRaw<{ base: number; body: Uint8Array }[]>`
    SELECT w.from_version AS base, w.body FROM example_words w
    WHERE w.dataset_id = ${datasetId}::uuid AND w.page = -1 AND w.from_version = (
      SELECT max(v.number) FROM dataset_versions v
      WHERE v.dataset_id = ${datasetId}::uuid AND v.number <= ${number} AND v.status = 'ready' AND v.change IS NULL)
    ORDER BY w.segment`;

async function lookUp(
  datasetId: string,
  base: number,
  segments: readonly Directory[],
  offsets: readonly number[],
  wanted: Wanted,
): Promise<Uint8Array[]> {
  engine ??= new TokenEngine();
  const hashes: number[][] = [];
  for (const alternatives of wanted) {
    // A text may be several words, all of which are wanted; marks are alternatives.
    if (typeof alternatives[0] === 'string') hashes.push(...engine.wordHashes(alternatives).map((hash) => [hash]));
    else hashes.push(engine.wordHashes(alternatives));
  }
  const bits = [...new Set(segments.map((segment) => segment.bits))];
  const pages = [...new Set(hashes.flat().flatMap((hash) => bits.map((size) => pageOf(hash, size))))];
  const rows = await database().$queryRaw<{ segment: number; page: number; body: Uint8Array }[]>`
    SELECT segment, page, body FROM example_words
    WHERE dataset_id = ${datasetId}::uuid AND from_version = ${base} AND page = ANY(${pages}::int[])`;
  const found = new Map(rows.map(({ segment, page, body }) => [segment * 1024 + page, body]));
  const total = segments.reduce((sum, { blocks }) => sum + blocks.length, 0);
  return hashes.map((alternatives) => {
    const blocks = new Uint8Array(total);
    for (const hash of alternatives) {
      segments.forEach((segment, i) => {
        const page = found.get(i * 1024 + pageOf(hash, segment.bits));
        const offset = offsets[i] ?? 0;
        if (page)
          readBlocks(page, hash, segment.bits, (block) => {
            blocks[offset + block] = 1;
          });
      });
    }
    return blocks;
  });
}

function blocksOfLine(segments: readonly Directory[], line: number): Uint8Array {
  return Uint8Array.from(
    segments.flatMap(({ blocks, lines }) =>
      blocks.map((_, i) => ((lines[i] ?? 0) <= line && line <= (lines[i + 1] ?? 0) ? 1 : 0)),
    ),
  );
}

/** Neighbours become one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const { from, to } of stretches) {
    const last = result.at(-1);
    if (last && last.to + 1 === from) last.to = to;
    else result.push({ from, to });
  }
  return result;
}

/** Rows of a version in some stretches of its file, for a FROM clause; with those in no index whose place is in the bounds. */
export function candidateRows(
  { datasetId, number }: VersionKey,
  base: number,
  stretches: readonly Stretch[],
  bounds: Stretch,
): Prisma.Sql {
  const there = Prisma.sql`(e.to_version IS NULL OR e.to_version > ${number})`;
  const indexed = Prisma.sql`
    SELECT e.* FROM unnest(${stretches.map(({ from }) => from)}::bigint[], ${stretches.map(({ to }) => to)}::bigint[]) AS r(low, high)
    CROSS JOIN LATERAL (
      SELECT * FROM training_examples e WHERE e.dataset_id = ${datasetId}::uuid AND e.ordinal BETWEEN r.low AND r.high
        AND e.from_version = ${base} AND ${there} OFFSET 0) e`;
  if (number === base) return indexed;
  return Prisma.sql`${indexed} UNION ALL
    SELECT e.* FROM training_examples e
    WHERE e.dataset_id = ${datasetId}::uuid AND e.from_version > ${base} AND e.from_version <= ${number} AND ${there}
      AND e.ordinal BETWEEN ${bounds.from} AND ${bounds.to}`;
}
