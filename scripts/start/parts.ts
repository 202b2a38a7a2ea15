import path from 'node:path';
import { freePort } from '../postgres/cluster';
import { inngestBinary } from './inngest-binary';
import { Program, type ProgramOptions } from './program';
import type { RunFile } from './run-file';
import { rememberPorts, type Secrets } from './secrets';
import type { Settings } from './settings';

export interface Surroundings {
  settings: Settings;
  secrets: Secrets;
  run: RunFile;
  /** Environment every part gets; grows while the parts come up. */
  env: NodeJS.ProcessEnv;
}

const DASHBOARD_PORT = 8288;

function program(
  { settings, run }: Surroundings,
  opts: Pick<ProgramOptions, 'name' | 'command' | 'args' | 'env'>,
): Program {
  return new Program({
    ...opts,
    cwd: settings.root,
    logDir: settings.logDir,
    onSpawn: (pid) => run.setChild(opts.name, pid),
  });
}

/** The built-in trainer: a process of its own that speaks OpenAI's shape on a loopback port. */
export async function startTrainer(around: Surroundings): Promise<Program> {
  const { settings, secrets, env } = around;
  const port = await freePort(secrets.ports.trainer);
  rememberPorts(settings.dataDir, secrets, { trainer: port });
  env.TRAINER_URL = `http://127.0.0.1:${port}/v1`;
  env.TRAINER_API_KEY = secrets.trainerKey;
  const own = {
    TRAINER_PORT: String(port),
    TRAINER_HOST: '127.0.0.1',
    TRAINER_DATA_DIR: path.join(settings.dataDir, 'trainer'),
  };
  return program(around, {
    name: 'trainer',
    command: process.execPath,
    args: ['dist/trainer/server.mjs'],
    env: { ...env, ...own },
  }).start();
}

/** The real Inngest server, when its optional package brought the binary. null: the embedded executor does the work. */
export async function startInngest(
  around: Surroundings,
  appUrl: string,
): Promise<{ server: Program; url: string } | null> {
  const { settings, secrets, env } = around;
  const configured = [env.INNGEST_DEV, env.INNGEST_BASE_URL, env.INNGEST_EVENT_KEY].some(Boolean);
  const command = inngestBinary(settings.root);
  if (configured || command === null) return null;
  const port = await freePort(DASHBOARD_PORT);
  const url = `http://127.0.0.1:${port}`;
  env.INNGEST_BASE_URL = url;
  env.INNGEST_EVENT_KEY = secrets.inngestEventKey;
  env.INNGEST_SIGNING_KEY = secrets.inngestSigningKey;
  const args = [
    'start',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--sqlite-dir',
    path.join(settings.dataDir, 'inngest'),
  ];
  args.push('--event-key', secrets.inngestEventKey, '--signing-key', secrets.inngestSigningKey);
  args.push('--poll-interval', '5', '-u', `${appUrl}/api/inngest`);
  return { server: program(around, { name: 'inngest', command, args, env }).start(), url };
}

/** The web app. Started through node itself, so that signals reach it. */
export function startWeb(around: Surroundings, port: number): Program {
  const { settings, env } = around;
  const mode = settings.dev ? 'dev' : 'start';
  return program(around, {
    name: 'web',
    command: process.execPath,
    args: ['node_modules/next/dist/bin/next', mode, '-p', String(port), '-H', settings.host],
    env: { ...env, NODE_ENV: settings.dev ? 'development' : 'production', PORT: String(port) },
  }).start();
}
