import { locate, maintain, withClient } from './connect.mjs';
import { describe } from './errors.mjs';
import { log } from './log.mjs';

/** @type {Record<string, (target: import('./connection-url.mjs').Target) => Promise<unknown>>} */
const COMMANDS = {
  'can-connect-to-database': (target) => withClient(target.client, (client) => client.query('select 1')),
  'create-database': (target) => maintain(target, (name) => `CREATE DATABASE ${name}`),
  'drop-database': (target) => maintain(target, (name) => `DROP DATABASE ${name} WITH (FORCE)`),
};

/**
 * Runs one of the commands that the CLI calls as a process of its own.
 *
 * @param {string} name
 * @param {import('./arguments.mjs').Datasource} datasource
 * @returns {Promise<number>} exit code
 */
export async function runCommand(name, datasource) {
  let target = null;
  log('INFO', `Starting schema engine CLI ${name}`); // the Prisma CLI throws the first line away unread
  try {
    const command = COMMANDS[name];
    if (!command) throw new Error(`The schema engine has no command "${name}".`);
    target = await locate(datasource.url ?? '');
    await command(target);
    log('INFO', `${name}: done`);
    return 0;
  } catch (error) {
    const { message, code } = describe(error, target);
    log('ERROR', message, { is_panic: false, ...(code ? { error_code: code } : {}) });
    return 1;
  }
}
