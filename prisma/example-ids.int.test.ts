import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { ordinalOf } from '@/features/datasets/server/example-id';
import { testDatabase } from '@/testing/database';

const MIGRATION = '20261130000000_row_places';
const folder = path.join(import.meta.dirname, 'migrations');
const sqlOf = (name: string) => readFileSync(path.join(folder, name, 'migration.sql'), 'utf8');

it('gives rows that were there ids with their place, and names them so in the proofs of models', async () => {
  const client = new pg.Client({ connectionString: await testDatabase({ empty: true }) });
  await client.connect();
  try {
    const before = readdirSync(folder).filter((name) => /^\d/.test(name) && name < MIGRATION);
    for (const name of before.sort()) await client.query(sqlOf(name));
    await client.query(`
      INSERT INTO training_examples (dataset_id, from_version, ordinal, line, body, tokens, trainable_tokens, content_hash, split)
      SELECT '0190d3c0-0000-7000-8000-00000000000f', 1 + i % 2, i / 2 * 70000000000, i, 'body ' || i, 1, 1, i, 0
      FROM generate_series(0, 99) i`);
    const { rows: old } = await client.query('SELECT id, line FROM training_examples ORDER BY line');
    const gone = '0190d3c0-4a5b-7c6d-8e9f-0123456789ab';
    const rows = [{ exampleId: old[7].id, base: 'a' }, { exampleId: gone }, { base: 'b' }, { exampleId: old[42].id }];
    const proofs = [{ examples: 4, rows }, { examples: 0, rows: [] }, { examples: 0 }, null];
    for (const [version, proof] of proofs.entries())
      await client.query(
        `INSERT INTO fine_tuned_models (workspace_id, family, version, job_id, dataset_id, dataset_version_id, connection_id,
           base_model, provider_model_id, status, updated_at, proof)
         VALUES (uuidv7(), 'm', $1, uuidv7(), uuidv7(), uuidv7(), uuidv7(), 'b', 'p', 'ready', now(), $2)`,
        [version, proof && JSON.stringify(proof)],
      );
    await client.query(sqlOf(MIGRATION));
    const { rows: now } = await client.query('SELECT id, line, ordinal, body FROM training_examples ORDER BY line');
    expect(now.map(({ id }) => ordinalOf(id))).toEqual(now.map(({ ordinal }) => Number(ordinal)));
    expect(new Set(now.map(({ id }) => id)).size).toBe(100);
    expect(now.map(({ body }) => body)).toEqual(Array.from({ length: 100 }, (_, i) => `body ${i}`));
    const { rows: models } = await client.query('SELECT proof FROM fine_tuned_models ORDER BY version');
    const renamed = [{ ...rows[0], exampleId: now[7].id }, rows[1], rows[2], { exampleId: now[42].id }];
    expect(models.map(({ proof }) => proof)).toEqual([{ examples: 4, rows: renamed }, ...proofs.slice(1)]);
  } finally {
    await client.end();
  }
});
