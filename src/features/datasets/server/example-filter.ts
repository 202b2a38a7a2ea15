import { Prisma } from '@/platform/db/generated/client';
import type { ExampleFilter } from '../change.schema';
import { FLAG, type FlagName, roleFlag } from '../flag.rules';
import { warningBits } from '../score.rules';
import { splits } from '../split.rules';
import { ordinalOf } from './example-id';
import type { VersionKey } from './row-index/row-index.queries';
import { containing } from './row-index/search-words';

/** Longer rows are not sent for a list of examples, nor asked in an evaluation. */
export const LISTED_BYTES = 65_536;

/** Rows that belong to a version: it lives in their range. The caller has checked whose dataset it is. */
export const inVersion = ({ datasetId, number }: VersionKey) =>
  Prisma.sql`e.dataset_id = ${datasetId}::uuid AND e.from_version <= ${number} AND (e.to_version IS NULL OR e.to_version > ${number})`;

/** These rows of a dataset that is named besides; an id that can be none of a row finds nothing. Index: the primary key. */
export const named = (ids: readonly string[]) => {
  const there = ids.filter((id) => ordinalOf(id) >= 0);
  return Prisma.sql`e.ordinal = ANY(${[...new Set(there.map(ordinalOf))]}::bigint[]) AND e.id = ANY(${there}::uuid[])`;
};

export const columns = Prisma.sql`e.id, e.line, e.split::int, e.tokens, e.trainable_tokens AS "trainableTokens", e.flags, e.score::int`;

/** Of a row with a warning: whether it has one of something else than these signals. The same as `countedFlags`. */
function warnsWithout(off: readonly FlagName[]): Prisma.Sql {
  const { counted, ignored } = warningBits(new Set(off));
  return Prisma.sql`(e.flags & ${counted}::int <> 0 OR e.flags & ${ignored}::int = 0)`;
}

/** What the filters of a list ask of a row; a change of all rows that match asks the same. */
export const matching = (input: ExampleFilter): Prisma.Sql[] => [
  ...(input.split ? [Prisma.sql`e.split = ${splits.indexOf(input.split)}`] : []),
  ...(input.flag ? [Prisma.sql`e.flags & ${FLAG[input.flag]}::int <> 0`] : []),
  ...(input.flag === 'warning' && input.off ? [warnsWithout(input.off)] : []),
  ...(input.role ? [Prisma.sql`e.flags & ${FLAG[roleFlag[input.role]]} <> 0`] : []),
  ...(input.minScore !== undefined ? [Prisma.sql`e.score >= ${input.minScore}`] : []),
  ...(input.maxScore !== undefined ? [Prisma.sql`e.score <= ${input.maxScore}`] : []),
  ...(input.minTokens !== undefined ? [Prisma.sql`e.tokens >= ${input.minTokens}`] : []),
  ...(input.maxTokens !== undefined ? [Prisma.sql`e.tokens <= ${input.maxTokens}`] : []),
  ...(input.line !== undefined ? [Prisma.sql`e.line = ${input.line}`] : []),
  ...(input.ids ? [named(input.ids)] : []),
  ...(input.search ? [containing(input.search)] : []),
];
