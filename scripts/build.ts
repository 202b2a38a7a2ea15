// `npm run build`: the production build, stamped, so that `npm start` knows it need not build again.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build, isBuilt } from './start/build';

const root = path.resolve(import.meta.dirname, '..');
// Not below .next: a build empties that folder.
const logDir = path.join(root, 'dist');
mkdirSync(logDir, { recursive: true });
try {
  if (isBuilt(root)) {
    console.log('Nothing changed since the last build.');
  } else {
    await build(root, logDir);
    console.log(readFileSync(path.join(logDir, 'build.log'), 'utf8'));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
