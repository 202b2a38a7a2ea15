import type { Database, Sql } from './database';
import { lockNumber } from './ids';
import { migrations } from './schema.sql';

/** Quoted and checked: the name goes into SQL text. */
export function quoteSchema(schema: string): string {
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema))
    throw new Error(`"${schema}" is not a usable schema name: use a-z, 0-9 and _ (at most 41 characters).`);
  return `"${schema}"`;
}

async function currentVersion(tx: Sql, schema: string): Promise<number> {
  const [table] = await tx.query('select to_regclass($1) is not null as present', [`${quoteSchema(schema)}.version`]);
  if (!table?.present) return 0;
  const [row] = await tx.query<{ version: number }>(`select version from ${quoteSchema(schema)}.version`, []);
  return row?.version ?? 0;
}

/** Creates the engine's schema or brings it up to date. Safe when several processes do it at the same moment. */
export async function migrate(database: Database, schema: string): Promise<void> {
  const s = quoteSchema(schema);
  if ((await database.transaction((tx) => currentVersion(tx, schema))) >= migrations.length) return;
  await database.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1, $2)', [lockNumber('engine schema'), lockNumber(schema)]);
    const version = await currentVersion(tx, schema);
    if (version === 0) {
      await tx.query(`create schema if not exists ${s}`);
      await tx.query(`create table ${s}.version (version int not null)`);
      await tx.query(`insert into ${s}.version values (0)`);
    }
    for (const migration of migrations.slice(version)) await tx.query(migration(s));
    await tx.query(`update ${s}.version set version = greatest(version, $1)`, [migrations.length]);
  });
}
