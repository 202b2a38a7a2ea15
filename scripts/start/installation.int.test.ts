import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { testServerUrl } from '@/testing/database';
import { birthOf, commandOf, isAlive } from '../processes';
import { assertServerVersion } from './database';
import { RunFile, runningUrl } from './run-file';
import { runningDatabaseUrl } from './running-database';
import { loadSecrets, rememberPorts } from './secrets';
import { readDataDir, readSettings } from './settings';

const folder = () => mkdtempSync(path.join(process.env.TUNELOOP_TEST_DIR ?? '', 'start-'));

afterEach(() => vi.unstubAllEnvs());

const IDLE = 'setTimeout(() => {}, 60_000)';

/** A process that does nothing for a minute, as a part of a killed run would. */
function part(code = IDLE): { pid: number; birth: string | null } {
  const child = spawn(process.execPath, ['-e', code], { detached: true, stdio: 'ignore' });
  const pid = child.pid ?? 0;
  return { pid, birth: birthOf(pid) };
}

describe('the run file', () => {
  it('refuses a second start on the same folder, and says where the first one answers', async () => {
    const dataDir = folder();
    const other = part();
    const run = { ...other, url: 'http://127.0.0.1:3000', children: {} };
    writeFileSync(path.join(dataDir, 'run.json'), JSON.stringify(run));
    expect(runningUrl(dataDir)).toBe('http://127.0.0.1:3000');
    await expect(RunFile.claim(dataDir)).rejects.toThrow(/already runs on .* at http:\/\/127.0.0.1:3000.*kill/);
    process.kill(other.pid, 'SIGKILL');
  });

  it('stops what a killed run left behind, and nobody who only has the same number', async () => {
    const dataDir = folder();
    const [left, stranger] = [part(), part()];
    const children = { web: left, trainer: { ...stranger, birth: 'another time' } };
    writeFileSync(path.join(dataDir, 'run.json'), JSON.stringify({ pid: 2 ** 22 + 1, birth: 'x', url: 'x', children }));
    expect(runningUrl(dataDir)).toBeNull();
    const run = await RunFile.claim(dataDir);
    await vi.waitFor(() => expect(isAlive(left.pid)).toBe(false));
    expect(isAlive(stranger.pid)).toBe(true);
    process.kill(stranger.pid, 'SIGKILL');
    run.setUrl('http://here');
    expect(runningUrl(dataDir)).toBe('http://here');
    run.release();
    expect(runningUrl(dataDir)).toBeNull();
  });
});

it('stops what a part of a killed run had started, also when that part itself is gone', async () => {
  const dataDir = folder();
  const pidFile = path.join(dataDir, 'grandchild');
  const parent = part(`
    const { pid } = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(IDLE)}], { stdio: 'ignore' });
    require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(pid));
    ${IDLE}`);
  const grandchild = await vi.waitFor(() => Number(readFileSync(pidFile, 'utf8')), 5000);
  process.kill(parent.pid, 'SIGKILL');
  await vi.waitFor(() => expect(isAlive(parent.pid)).toBe(false));
  expect(isAlive(grandchild)).toBe(true);
  writeFileSync(path.join(dataDir, 'run.json'), JSON.stringify({ pid: 2 ** 22 + 1, children: { web: parent } }));
  await RunFile.claim(dataDir);
  await vi.waitFor(() => expect(commandOf(grandchild)).toBe('')); // ended; whoever inherits it may not have collected it
});

describe('secrets', () => {
  it('are made once, for the owner of the folder only, and stay when ports change', () => {
    const dataDir = folder();
    const secrets = loadSecrets(dataDir);
    rememberPorts(dataDir, secrets, { postgres: 5544 });
    expect(loadSecrets(dataDir)).toEqual({ ...secrets, ports: { postgres: 5544 } });
    expect(statSync(path.join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('are never made anew over a damaged file: provider keys would be lost', () => {
    const dataDir = folder();
    const file = path.join(dataDir, 'secrets.json');
    writeFileSync(file, '{"nextAuthSecret": "tr');
    expect(() => loadSecrets(dataDir)).toThrow(/secrets.json cannot be read.*backup/);
    expect(readFileSync(file, 'utf8')).toBe('{"nextAuthSecret": "tr');
  });
});

describe('settings', () => {
  it.each(['0', '65536', 'http', '3000.5'])('explain that PORT=%s is no port', (port) => {
    vi.stubEnv('PORT', port);
    vi.stubEnv('TUNELOOP_DATA_DIR', folder());
    expect(() => readSettings(folder(), [])).toThrow(`PORT is "${port}". Set it to a number from 1 to 65535`);
  });

  it('explain a data folder that cannot be written', () => {
    const file = path.join(folder(), 'a-file');
    writeFileSync(file, '');
    vi.stubEnv('TUNELOOP_DATA_DIR', path.join(file, 'data'));
    expect(() => readSettings(folder(), [])).toThrow(/Cannot write to .*a-file.*chown.*TUNELOOP_DATA_DIR/);
  });

  it('come from .env, and the environment wins', () => {
    const root = folder();
    vi.stubEnv('TUNELOOP_DATA_DIR', undefined);
    expect(readDataDir(root)).toBe(path.join(root, '.data'));
    writeFileSync(path.join(root, '.env'), 'TUNELOOP_DATA_DIR=from-file\n');
    expect(readDataDir(root)).toBe(path.join(root, 'from-file'));
    vi.stubEnv('TUNELOOP_DATA_DIR', '/from/environment');
    expect(readDataDir(root)).toBe('/from/environment');
  });
});

describe('the database of an installation', () => {
  it('is DATABASE_URL where that is set; a folder on which nothing runs has none', () => {
    expect(runningDatabaseUrl(folder())).toBe(process.env.DATABASE_URL);
    vi.stubEnv('DATABASE_URL', '');
    expect(() => runningDatabaseUrl(folder())).toThrow(/Nothing runs on/);
  });

  it('may be missing, but its server must answer', async () => {
    const url = new URL(testServerUrl());
    url.pathname = '/not_yet_made';
    await assertServerVersion(url.href);
    url.password = 'wrong';
    await expect(assertServerVersion(url.href)).rejects.toThrow(/DATABASE_URL leads to no usable Postgres.*password/);
    url.port = '1';
    await expect(assertServerVersion(url.href)).rejects.toThrow(/DATABASE_URL leads to no usable Postgres/);
  });
});
