// Makes a checkout runnable: packages installed as the lock file says, Prisma client generated from the current schema.
// Used by `npm start` and `npm test` before any package can be imported.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const GENERATED = 'src/platform/db/generated';

/** @param {string} message what happened, and what to do */
export const expectedError = (message) => Object.assign(new Error(message), { expected: true });

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

/** Runs a program: its output goes to our screen, or is kept and thrown with the error when `quiet`. */
function run(command, args, { quiet = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, ...env },
      shell: process.platform === 'win32' && command === 'npm',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(expectedError(`${command} ${args.join(' ')} ended with ${code}\n${output}`)),
    );
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

function schemaFingerprint() {
  const hash = createHash('sha256').update(readFileSync('package-lock.json'));
  for (const file of readdirSync('prisma/schema').sort())
    hash.update(file).update(readFileSync(`prisma/schema/${file}`));
  return hash.digest('hex');
}

async function generateClient() {
  const stamp = `${GENERATED}/fingerprint.txt`;
  const wanted = schemaFingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Generating the Prisma client');
  const env = { PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  await run(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], { quiet: true, env });
  writeFileSync(stamp, wanted);
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
