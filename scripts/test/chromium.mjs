// Finds a Chromium for the browser tests, or installs one.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

function onPath() {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of NAMES) {
      const file = path.join(folder, name);
      if (folder && existsSync(file)) return file;
    }
  }
  return null;
}

const succeeds = (command, args) => spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;

/**
 * Order: CHROMIUM_PATH, the PATH, Debian's package (root with apt), Playwright's own download.
 *
 * @returns {{ path: string | null, how: string } | null} path null: Playwright brings its own. null: none to be had
 */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH is ${given}, which does not exist.`);
    return { path: given, how: 'CHROMIUM_PATH' };
  }
  const found = onPath();
  if (found) return { path: found, how: 'found on the PATH' };
  if (process.getuid?.() === 0 && succeeds('sh', ['-c', 'command -v apt-get'])) {
    console.log('No Chromium on the PATH: installing the Debian package');
    succeeds('apt-get', ['update', '-qq']);
    if (succeeds('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])) {
      const installed = onPath();
      if (installed) return { path: installed, how: 'installed with apt-get' };
    }
  }
  console.log("No Chromium on the PATH: installing Playwright's own");
  try {
    execFileSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], {
      stdio: 'inherit',
    });
    return { path: null, how: "Playwright's own" };
  } catch {
    return null;
  }
}
