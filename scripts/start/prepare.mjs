// Makes a checkout runnable: packages installed as the lock file says, Prisma client generated from the current schema.
// Used by `npm start` and `npm test` before any package can be imported.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { generateClient } from './generate-client.mjs';

/** @param {string} message what happened, and what to do */
const expectedError = (message) => Object.assign(new Error(message), { expected: true });

/** Versions installed equal versions locked. Optional packages of other platforms may be absent. */
function isInstalled() {
  try {
    const locked = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
    const installed = JSON.parse(readFileSync('node_modules/.package-lock.json', 'utf8')).packages;
    return Object.entries(locked).every(
      ([folder, entry]) => !folder || entry.optional || installed[folder]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

/** Runs a program; its output goes to our screen. */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))));
  });
}

async function install() {
  const started = Date.now();
  console.log('Installing packages from package-lock.json (one to two minutes the first time)');
  const progress = setInterval(() => {
    const count = existsSync('node_modules') ? readdirSync('node_modules').length : 0;
    console.log(`  ${Math.round((Date.now() - started) / 1000)} s, ${count} folders in node_modules`);
  }, 10_000);
  try {
    // Dev packages too, whatever NODE_ENV says: `npm test` is part of the deal.
    await run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--include=dev']);
  } catch {
    throw expectedError(
      'npm ci failed; its message is above. With no network, fill the npm cache first or copy node_modules from a like machine.',
    );
  } finally {
    clearInterval(progress);
  }
  console.log(`  installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

export async function prepareProject() {
  try {
    accessSync('.', constants.W_OK);
  } catch {
    throw expectedError(
      `${process.cwd()} is read-only for this account. Copy the project to a folder you may write to, or run as its owner.`,
    );
  }
  if (!isInstalled()) await install();
  await generateClient();
}
