import { accessSync, chmodSync, constants, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { ExpectedError } from './say';

export interface Settings {
  root: string;
  /** Absolute. Everything this installation remembers lies below it, except in external services. */
  dataDir: string;
  logDir: string;
  host: string;
  /** null: take 3000, or the next free one. */
  port: number | null;
  dev: boolean;
  openBrowser: boolean;
}

function readPort(text: string | undefined): number | null {
  if (!text) return null;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new ExpectedError(`PORT is "${text}". Set it to a number from 1 to 65535, or leave it out.`);
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(path.join(dataDir, 'logs'), { recursive: true });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new ExpectedError(
      `Cannot write to ${dataDir}. Give this account the right to it (chown -R $(id -un) ${dataDir}), or set TUNELOOP_DATA_DIR to another folder.`,
      { cause },
    );
  }
  // As root, the account Postgres runs as has to walk through; what is secret has a mode of its own.
  if (process.platform !== 'win32') chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
}

/** Reads .env into the environment (which wins). @returns the data folder it names, absolute; it need not exist */
export function readDataDir(root: string): string {
  const envFile = path.join(root, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  return path.resolve(root, process.env.TUNELOOP_DATA_DIR || '.data');
}

/** Reads .env and the environment, and makes the data folder. @throws ExpectedError */
export function readSettings(root: string, args: readonly string[]): Settings {
  const dataDir = readDataDir(root);
  const port = readPort(process.env.PORT);
  makeDataDir(dataDir);
  const hasScreen = process.platform !== 'linux' || !!(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  return {
    root,
    dataDir,
    logDir: path.join(dataDir, 'logs'),
    host: process.env.HOST || '127.0.0.1',
    port,
    dev: args.includes('--dev'),
    openBrowser: !!process.stdout.isTTY && hasScreen && !process.env.CI && !process.env.TUNELOOP_NO_BROWSER,
  };
}
