import { setTimeout as sleep } from 'node:timers/promises';
import { ExpectedError } from '../start/say';
import type { DemoClient } from './client';
import { SAMPLE } from './sample';
import { duration, type Screen } from './screen';
import { type Dataset, dataset, importStarted } from './shapes';

const TIMEOUT_MS = 60_000;
const POLL_MS = 300;

const number = (value: number) => value.toLocaleString('en-US');

function printReport({ name, version, stats }: Dataset, screen: Screen): void {
  screen.fact('dataset', `${name}, version ${version.number}`);
  screen.fact(
    'rows',
    `${number(version.rows)} (${version.trainRows} train, ${version.validationRows} validation, ${version.holdoutRows} held out: never sent to the trainer)`,
  );
  screen.fact(
    'tokens',
    `${number(version.tokens)} in all; longest example ${version.maxExampleTokens}${stats ? `, median ${stats.percentiles.p50}` : ''}`,
  );
  const found = Object.entries(stats?.problems ?? {}).filter(([, total]) => total > 0);
  screen.fact(
    'problems',
    `${version.problems} errors, ${version.warnings} warnings${found.length ? `: ${found.map(([code, total]) => `${code} × ${total}`).join(', ')}` : ''}`,
  );
}

/** Uploads the sample and waits until it is checked. @throws ExpectedError when it is refused */
export async function uploadDataset(client: DemoClient, screen: Screen): Promise<Dataset> {
  screen.title('1  Upload and check');
  const begun = Date.now();
  const name = `Support tickets (demo ${new Date().toISOString().slice(0, 19).replace('T', ' ')})`;
  const path = `/api/fine-tuning/datasets?name=${encodeURIComponent(name)}`;
  const started = await client.upload(importStarted, path, SAMPLE);
  for (const deadline = begun + TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    const found = await client.get(dataset, `/api/fine-tuning/datasets/${started.datasetId}`);
    const { status, statusReason } = found.version;
    if (status === 'ready') {
      printReport(found, screen);
      screen.fact('took', duration(Date.now() - begun));
      return found;
    }
    if (status === 'failed' || status === 'cancelled') {
      throw new ExpectedError(`The dataset was refused: ${statusReason ?? status}`);
    }
  }
  throw new ExpectedError(
    `The dataset was not checked within ${TIMEOUT_MS / 1000} s. Look at ${client.url}/api/health and the ops page.`,
  );
}
