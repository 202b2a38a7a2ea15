import { type Connection, openConnection } from '@/platform/db/connection';
import { problemKinds } from '../problem.rules';
import { SMALL_DATASET } from '../split.rules';
import { CopyStreams, type CopyTarget } from './copy-streams.repository';
import { COPY_COLUMNS } from './import/copy-writer';
import type { Finding } from './import/findings';
import type { ImportOutcome } from './import/import-outcome';
import type { ImportClaim } from './import.repository';
import { INDEX_COLUMNS } from './row-index/index-writer';

const EXAMPLES: CopyTarget = `training_examples (${COPY_COLUMNS.join(', ')})`;
const INDEX: CopyTarget = `example_words (${INDEX_COLUMNS.join(', ')})`;

const FIRST_VERSION = 1;

/**
 * From so many rows on the planner is told of them at once. Until it is, by the server's own look a minute or so later, it
 * expects a handful, and sorts all that is left of a version for each batch of an export.
 */
const MANY_ROWS = 50_000;
/** What queries choose rows by. */
const CHOSEN_BY = 'dataset_id, ordinal, from_version, to_version, split';

/** The rows of one version on their way into the database: all of them become visible at once, or none. */
export interface RowCopy {
  /** Resolves when the database has taken enough for more to be sent. */
  write(rows: Uint8Array): Promise<void>;
  /** The same for rows of the index over them. */
  writeIndex(rows: Uint8Array): Promise<void>;
  /** Makes the version ready; changes nothing when it was cancelled or taken over meanwhile. */
  commit(outcome: ImportOutcome, sha256: string | null): Promise<void>;
  /** Ends the connection, wherever it is; what was not committed is forgotten. */
  close(): Promise<void>;
}

/** Opens the one transaction of an import, on a connection of its own. Rows of an earlier attempt are dropped in it. */
export async function openRowCopy(databaseUrl: string, claim: ImportClaim): Promise<RowCopy> {
  const client = await openConnection(databaseUrl);
  try {
    await begin(client, claim);
  } catch (error) {
    await client.end();
    throw error;
  }
  const streams = new CopyStreams(client);
  return {
    write: (rows) => streams.write(EXAMPLES, rows),
    writeIndex: (rows) => streams.write(INDEX, rows),
    commit: async (outcome, sha256) => {
      await streams.end();
      const isOurs = await settle(client, claim, outcome, sha256);
      await client.query(isOurs ? 'COMMIT' : 'ROLLBACK');
      if (isOurs && outcome.rows >= MANY_ROWS) await tellPlanner(client);
    },
    close: () => client.end(),
  };
}

async function begin(client: Connection, { datasetId, number }: ImportClaim): Promise<void> {
  await client.query('BEGIN');
  for (const table of ['training_examples', 'example_words'])
    await client.query(`DELETE FROM ${table} WHERE dataset_id = $1 AND from_version = $2`, [datasetId, number]);
}

/** A convenience: when another look is going on, or the server has no time, its own will do. */
async function tellPlanner(client: Connection): Promise<void> {
  try {
    // Three thousand rows tell how large the dataset is among the others; the usual thirty thousand would take 0.1 s of CPU.
    await client.query("SET lock_timeout = '2s'; SET default_statistics_target = 10");
    await client.query(`ANALYZE training_examples (${CHOSEN_BY})`);
    await client.query('ANALYZE example_words (dataset_id, from_version, segment, page)');
  } catch {
    return;
  }
}

/** Everything after the rows, in an order that takes the version's row lock last: its heartbeat goes on until then. */
async function settle(client: Connection, claim: ImportClaim, outcome: ImportOutcome, sha256: string | null) {
  await moveBetweenSplits(client, claim, outcome.moved);
  await client.query('SELECT id FROM fine_tuning_datasets WHERE id = $1 FOR UPDATE', [claim.datasetId]);
  await closeRanges(client, claim);
  await client.query('DELETE FROM dataset_issues WHERE version_id = $1', [claim.versionId]);
  await insertFindings(client, claim.versionId, outcome.findings);
  const { rowCount } = await client.query(
    `UPDATE dataset_versions SET status = 'ready', status_reason = NULL, progress = NULL, ready_at = now(), sha256 = $4,
       rows = $5, train_rows = $6, validation_rows = $7, holdout_rows = $8, tokens = $9, trainable_tokens = $10,
       train_tokens = $11, max_example_tokens = $12, problems = $13, warnings = $14, stats = $15, aggregates = $16,
       format = $17, rows_numbered = $19, split_plan = CASE WHEN $18 THEN split_plan || '{"stratify": false}' ELSE split_plan END
     WHERE id = $1 AND attempt = $2 AND workspace_id = $3 AND status = 'importing'`,
    [
      ...[claim.versionId, claim.attempt, claim.workspaceId, sha256],
      ...[outcome.rows, outcome.trainRows, outcome.validationRows, outcome.holdoutRows],
      ...[outcome.tokens, outcome.trainableTokens, outcome.trainTokens, outcome.maxExampleTokens],
      ...[outcome.rejectedRows, outcome.warnings],
      ...[JSON.stringify(outcome.stats), JSON.stringify(outcome.aggregates)],
      outcome.format && JSON.stringify(outcome.format),
      // A large one was dealt out row by row, and the plan says what was done.
      outcome.rows - outcome.stats.duplicates >= SMALL_DATASET,
      outcome.rowsNumbered,
    ],
  );
  if (rowCount !== 1) return false;
  await client.query(
    `UPDATE fine_tuning_datasets SET updated_at = now(), current_version_id = (
       SELECT id FROM dataset_versions WHERE dataset_id = $1 AND status = 'ready' ORDER BY number DESC LIMIT 1)
     WHERE id = $1`,
    [claim.datasetId],
  );
  return true;
}

/** A small dataset is dealt out exactly once all of it is known; near copies move together. */
async function moveBetweenSplits(client: Connection, claim: ImportClaim, moved: ImportOutcome['moved']): Promise<void> {
  if (moved.length === 0) return;
  // What was noted of them is no longer true. They are few, or few different ones.
  await client.query('DELETE FROM example_words WHERE dataset_id = $1 AND from_version = $2', [
    claim.datasetId,
    claim.number,
  ]);
  await client.query(
    `UPDATE training_examples e SET split = m.split
     FROM unnest($3::bigint[], $4::smallint[]) AS m(hash, split)
     WHERE e.dataset_id = $1 AND e.from_version = $2 AND e.near_hash = m.hash`,
    [claim.datasetId, claim.number, moved.map(({ hash }) => String(hash)), moved.map(({ split }) => split)],
  );
}

/**
 * This version's rows take the place of all earlier ones, up to the next ready version if that came in first. Under the
 * dataset's lock, so two versions that end together see each other.
 */
async function closeRanges(client: Connection, { datasetId, number }: ImportClaim): Promise<void> {
  const later = await client.query(
    `SELECT min(number) AS number FROM dataset_versions WHERE dataset_id = $1 AND number > $2 AND status = 'ready'`,
    [datasetId, number],
  );
  const next = later.rows[0]?.number;
  // Neither statement is sent when there is nothing to close: both would walk over all rows that were just written.
  if (typeof next === 'number')
    await client.query('UPDATE training_examples SET to_version = $3 WHERE dataset_id = $1 AND from_version = $2', [
      ...[datasetId, number, next],
    ]);
  if (number > FIRST_VERSION)
    await client.query(
      `UPDATE training_examples SET to_version = $2
       WHERE dataset_id = $1 AND from_version < $2 AND (to_version IS NULL OR to_version > $2)`,
      [datasetId, number],
    );
}

async function insertFindings(client: Connection, versionId: string, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  await client.query(
    `INSERT INTO dataset_issues (version_id, code, severity, line, element, path, message, excerpt, fix)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[])`,
    [
      versionId,
      ...[findings.map(({ code }) => code), findings.map(({ severity }) => severity)],
      ...[findings.map(({ line }) => line), findings.map(({ element }) => element ?? null)],
      findings.map(({ path }) => path),
      ...[findings.map(({ message }) => message), findings.map(({ excerpt }) => excerpt)],
      findings.map(({ code }) => problemKinds[code].fix),
    ],
  );
}
