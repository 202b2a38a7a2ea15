import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ExpectedError } from './say';

const hex = (bytes: number) => randomBytes(bytes).toString('hex');

/** Secrets of this installation, made once. Losing them means: sign in again, and enter provider keys again. */
const GENERATED = {
  nextAuthSecret: () => hex(32),
  /** Encrypts provider keys and signs embedded uploads. */
  tuneloopSecret: () => hex(32),
  inngestEventKey: () => hex(32),
  inngestSigningKey: () => hex(32),
  trainerKey: () => hex(24),
  postgresPassword: () => hex(24),
};

export type Secrets = Record<keyof typeof GENERATED, string> & {
  /** Ports used last time, kept so that addresses stay the same from start to start. */
  ports: { postgres?: number; trainer?: number };
};

function write(file: string, secrets: Secrets): void {
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, file);
}

/** Reads .data/secrets.json, filling in what is missing. */
export function loadSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, 'secrets.json');
  let stored: Partial<Secrets> = {};
  try {
    stored = JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new ExpectedError(
        `${file} cannot be read. Restore it from a backup, or delete ${dataDir} to start afresh.`,
        { cause },
      );
    }
  }
  const made = Object.fromEntries(Object.entries(GENERATED).map(([name, make]) => [name, make()]));
  const secrets = { ports: {}, ...made, ...stored } as Secrets;
  if (Object.keys(GENERATED).some((name) => !(name in stored))) write(file, secrets);
  return secrets;
}

export function rememberPorts(dataDir: string, secrets: Secrets, ports: Secrets['ports']): void {
  const next = { ...secrets.ports, ...ports };
  if (JSON.stringify(next) === JSON.stringify(secrets.ports)) return;
  secrets.ports = next;
  write(path.join(dataDir, 'secrets.json'), secrets);
}
