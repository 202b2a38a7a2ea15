// Fails when package-lock.json misses an optional (platform) package that another entry names: `npm ci` refuses such a
// lock on the platforms concerned, and npm itself writes it without a word when a registry lags behind.
import { readFileSync } from 'node:fs';

const packages = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;

/** Walks up the folder tree the way Node resolves modules. */
function isLocked(from, name) {
  for (let folder = from; ; ) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (!folder) return false;
    const parent = folder.lastIndexOf('node_modules/');
    folder = parent <= 0 ? '' : folder.slice(0, parent - 1);
  }
}

const missing = [];
for (const [path, entry] of Object.entries(packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    // inngest-cli is optional on purpose: its install script needs a download, and npm may leave it out of the lock.
    if (!isLocked(path, name) && name !== 'inngest-cli') missing.push(`${name} (wanted by ${path || 'the project'})`);
  }
}
if (missing.length > 0) {
  console.error(`package-lock.json misses ${missing.length} optional packages:\n  ${missing.join('\n  ')}`);
  process.exit(1);
}
