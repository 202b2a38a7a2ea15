import { execFileSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** The account Postgres runs as. It refuses to run as root, so root lends it another one; everybody else uses their own. */
export interface ServerUser {
  uid: number;
  gid: number;
  name: string;
}

const accountId = (flag: '-u' | '-g', name: string): number | null => {
  try {
    return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return null;
  }
};

const account = (name: string): ServerUser | null => {
  const uid = accountId('-u', name);
  const gid = accountId('-g', name);
  return uid === null || gid === null || uid === 0 ? null : { uid, gid, name };
};

/** @returns null when we are an ordinary user (Postgres then runs as us) or on Windows. */
export function serverUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const known = account('postgres');
  if (known) return known;
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/bin/false', 'postgres'], { stdio: 'ignore' });
  } catch {
    // A minimal image may have no useradd: `nobody` exists everywhere and owns nothing.
  }
  const made = account('postgres') ?? account('nobody');
  if (!made) {
    throw new Error(
      'Postgres cannot run as root and this machine has no other account for it. Create one: useradd postgres',
    );
  }
  return made;
}

/** Can `user` walk down to `folder`? Looks at the execute bits of every folder on the way. */
export function canEnter(folder: string, user: ServerUser | null): boolean {
  if (!user) {
    try {
      accessSync(folder, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  }
  for (let current = path.resolve(folder); ; current = path.dirname(current)) {
    const { mode, uid, gid } = statSync(current);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (current === path.dirname(current)) return true;
  }
}
