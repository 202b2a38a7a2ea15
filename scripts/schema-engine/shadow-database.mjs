import pg from 'pg';
import { locate, withClient } from './connect.mjs';
import { quote } from './connection-url.mjs';

const PREFIX = 'prisma_migrate_shadow_db_';

/** @typedef {{ target: import('./connection-url.mjs').Target, dispose: () => Promise<void> }} Shadow */

/** Shadow databases made and not yet dropped by this process. @type {Set<() => Promise<void>>} */
const live = new Set();

/** Drops what is still there; for a process that is told to end in the middle. */
export const dropLiveShadows = () => Promise.allSettled([...live].map((drop) => drop()));

/**
 * Removes shadow databases whose maker was killed. Ours name themselves in the application name of the connection that
 * guards them, so one that nobody guards and nobody is connected to is an orphan.
 */
async function dropOrphans(admin) {
  const { rows } = await admin.query(
    `select datname from pg_database d
      where starts_with(datname, $1)
        and not exists (select 1 from pg_stat_activity a where a.datname = d.datname or a.application_name = d.datname)`,
    [PREFIX],
  );
  for (const { datname } of rows) {
    // Another process may drop it at the same time, or it may belong to another account.
    await admin.query(`DROP DATABASE IF EXISTS ${quote(datname)}`).catch(() => {});
  }
}

/**
 * Makes an empty database on the server of `main`, dropped again on dispose.
 *
 * @param {import('./connection-url.mjs').Target} main
 * @returns {Promise<Shadow>}
 */
export async function createShadowDatabase(main) {
  const database = `${PREFIX}${crypto.randomUUID()}`;
  const admin = new pg.Client({ ...main.client, application_name: database });
  admin.on('error', () => {});
  await admin.connect();
  try {
    await dropOrphans(admin);
    await admin.query(`CREATE DATABASE ${quote(database)}`);
    if (main.schema !== 'public') {
      await withClient({ ...main.client, database }, (client) => client.query(`CREATE SCHEMA ${quote(main.schema)}`));
    }
  } catch (error) {
    await admin.end();
    throw error;
  }
  const dispose = async () => {
    live.delete(dispose);
    await admin.query(`DROP DATABASE IF EXISTS ${quote(database)} WITH (FORCE)`);
    await admin.end();
  };
  live.add(dispose);
  return { target: { ...main, database, client: { ...main.client, database } }, dispose };
}

/** One database of one server, told apart by facts instead of by how its address is written. */
async function identityOf(client) {
  const { rows } = await client.query(
    `select pg_postmaster_start_time()::text || ' ' || oid::text as identity from pg_database where datname = current_database()`,
  );
  return rows[0].identity;
}

/**
 * Empties the database that the person set aside as shadow, after making sure that it is one.
 *
 * @param {import('./connection-url.mjs').Target} main
 * @param {string} shadowUrl
 * @returns {Promise<Shadow>}
 * @throws Error when it is the main database under another address, or holds a migration history
 */
export async function prepareShadowDatabase(main, shadowUrl) {
  const target = await locate(shadowUrl);
  await withClient(target.client, async (shadow) => {
    const mainIdentity = await withClient(main.client, identityOf).catch((error) => {
      if (error.code === '3D000') return null; // the main database does not exist yet
      throw error;
    });
    if (mainIdentity === (await identityOf(shadow))) {
      throw new Error(
        `shadowDatabaseUrl leads to the main database ("${target.database}"). A shadow database is emptied: give it a database of its own.`,
      );
    }
    const { rowCount } = await shadow.query(
      `select 1 from pg_class where relname = '_prisma_migrations' and relkind in ('r', 'p')`,
    );
    if (rowCount > 0) {
      throw new Error(
        `The database of shadowDatabaseUrl ("${target.database}") holds a migration history (_prisma_migrations), so it is in use. A shadow database is emptied: give it a database of its own.`,
      );
    }
    const schema = quote(target.schema);
    await shadow.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema};`);
  });
  return { target, dispose: async () => {} };
}
