import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { readConfig, type TrainerConfig } from './config';
import { DataLock } from './data-lock';
import { FileStore } from './files/file-store';
import { createApp } from './http/app';
import { JobLife } from './jobs/job-life';
import { JobStore } from './jobs/job-store';
import { Supervisor } from './jobs/supervisor';
import { log } from './log';
import { GenerationService } from './serving/generation-service';
import { ModelCatalog } from './serving/model-catalog';

/** Starts the trainer server: claims the data folder, takes up unfinished jobs, listens. */
function start(config: TrainerConfig): void {
  for (const asset of [config.baseCheckpoint, config.tokenizer]) {
    if (!fs.existsSync(asset))
      throw new Error(`${asset} is missing. Set TRAINER_ASSETS_DIR to the folder that holds it.`);
  }
  fs.mkdirSync(config.dataFolder, { recursive: true });
  const lock = DataLock.take(config.dataFolder);
  const files = new FileStore(path.join(config.dataFolder, 'files'));
  const jobs = new JobStore(path.join(config.dataFolder, 'jobs'));
  const life = new JobLife(jobs, files);
  const supervisor = new Supervisor(config, jobs, life);
  const generation = new GenerationService({ tokenizer: config.tokenizer });
  const catalog = new ModelCatalog(config, jobs);
  const app = createApp({ apiKey: config.apiKey, files, jobs, life, supervisor, catalog, generation });

  const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host }, (address) => {
    const url = urlOf(config.host, address);
    lock.publish(url);
    log('info', 'trainer listens', { url, data: config.dataFolder, pid: process.pid });
    supervisor.recover();
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    lock.release();
    const busy = `Port ${config.port} is in use. Set TRAINER_PORT to a free one.`;
    giveUp(error.code === 'EADDRINUSE' ? busy : `The server failed: ${error.message}`);
  });

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await Promise.all([supervisor.stop(), generation.stop()]);
    lock.release();
    log('info', 'trainer stopped');
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

function urlOf(host: string, { port, family }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${host}]` : host}:${port}/v1`;
}

/** Ends with one clear line. */
function giveUp(message: string): void {
  log('error', message);
  process.exitCode = 1;
  setImmediate(() => process.exit(1));
}

// whoever started the trainer may have died and taken the pipe with it: go on without a log
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
process.on('unhandledRejection', (reason) => log('error', 'unhandled rejection', { error: String(reason) }));
try {
  start(readConfig(process.env));
} catch (error) {
  giveUp(error instanceof Error ? error.message : String(error));
}
