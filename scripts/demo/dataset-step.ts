import { setTimeout as sleep } from 'node:timers/promises';
import { ExpectedError } from '../start/say';
import type { DemoClient } from './client';
import { SAMPLE } from './sample';
import { duration, type Screen } from './screen';
import { type Dataset, dataset, importStarted, type Report, report } from './shapes';

const TIMEOUT_MS = 300_000;
const POLL_MS = 300;

const number = (value: number) => value.toLocaleString('en-US');

function printReport({ name, version, stats }: Dataset, { rejectedRows, groups }: Report, screen: Screen): void {
  screen.fact('dataset', `${name}, version ${version.number}`);
  screen.fact(
    'rows',
    `${number(version.rows)}: ${version.trainRows} train, ${version.validationRows} validation, ${version.holdoutRows} held out (never sent to the trainer)`,
  );
  const median = stats ? `, half of the examples at most ${stats.percentiles.p50}` : '';
  screen.fact('tokens', `${number(version.tokens)}, exact; longest example ${version.maxExampleTokens}${median}`);
  screen.fact('report', `${version.problems} errors, ${version.warnings} warnings, ${rejectedRows} rows left out`);
  for (const { severity, title, fix, total, places } of groups) {
    const lines = places.flatMap(({ line }) => line ?? []).slice(0, 3);
    screen.fact('', `${severity}: ${title} × ${total}${lines.length ? ` (line ${lines.join(', ')} …)` : ''}. ${fix}`);
  }
}

/** Uploads the sample and waits until it is checked. @throws ExpectedError when it is refused */
export async function uploadDataset(client: DemoClient, screen: Screen): Promise<Dataset> {
  screen.title('1  Upload and check');
  const begun = Date.now();
  const name = `Support demo ${new Date().toTimeString().slice(0, 8)}`;
  const path = `/api/fine-tuning/datasets?name=${encodeURIComponent(name)}`;
  const started = await client.upload(importStarted, path, SAMPLE);
  for (const deadline = begun + TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    const found = await client.get(dataset, `/api/fine-tuning/datasets/${started.id}`);
    const { status, statusReason } = found.version;
    if (status === 'ready') {
      const checked = await client.post(report, `/api/fine-tuning/datasets/${started.id}/validate`, {});
      printReport(found, checked, screen);
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
