// How fast the embedded storage takes a file over localhost, and how much memory that needs, against a server that does
// nothing but write and hash. Run: npx tsx scripts/bench/upload.ts [megabytes=300] [rounds=3]
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { STORAGE_ORIGIN } from '../../src/integrations/storage/embedded/address';
import { storageIdentity } from '../../src/platform/upload/storage-identity';
import { signedUpload } from '../../src/testing/signed-upload';

const MB = 1024 ** 2;
const megabytes = Number(process.argv[2] ?? 300);
const rounds = Number(process.argv[3] ?? 3);
const size = megabytes * MB;
const line = '{"messages":[{"role":"user","content":"hello"},{"role":"assistant","content":"hi"}]}\n';
const chunk = Buffer.from(line.repeat(Math.ceil(MB / line.length))).subarray(0, MB);
const HEAD = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n';

type Receiver = 'trivial' | 'storage';
type Form = 'raw' | 'multipart';

async function receiver(kind: Receiver, dir: string, secret: string): Promise<{ child: ChildProcess; origin: string }> {
  const program = path.join(import.meta.dirname, 'upload-receiver.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, kind, dir, secret], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { child, origin: `http://127.0.0.1:${port.toString().trim()}` };
}

/** Milliseconds from the first byte to the answer. */
async function send(url: string, form: Form): Promise<number> {
  const started = performance.now();
  const headers = { 'content-type': form === 'raw' ? 'application/octet-stream' : 'multipart/form-data; boundary=b' };
  const request = http.request(url, { method: 'PUT', headers, agent: false });
  const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
  if (form === 'multipart') request.write(HEAD);
  for (let sent = 0; sent < size; sent += MB) if (!request.write(chunk)) await once(request, 'drain');
  request.end(form === 'multipart' ? '\r\n--b--\r\n' : undefined);
  const [response] = await answered;
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 200) throw new Error(`The receiver answered ${response.statusCode}.`);
  return performance.now() - started;
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const secret = randomBytes(32).toString('hex');
const { apiKey } = storageIdentity(secret);
const dir = await mkdtemp(path.join(os.tmpdir(), 'tuneloop-bench-'));
const cases: { kind: Receiver; form: Form; times: number[]; rss: number[] }[] = [
  { kind: 'trivial', form: 'raw', times: [], rss: [] },
  { kind: 'storage', form: 'raw', times: [], rss: [] },
  { kind: 'storage', form: 'multipart', times: [], rss: [] },
];
try {
  for (let round = 0; round < rounds; round++) {
    for (const { kind, form, times, rss } of cases) {
      const { child, origin } = await receiver(kind, dir, secret);
      const idle = Number(await (await fetch(`${origin}/peak-rss`)).text());
      const url = signedUpload(apiKey, { key: `bench${round}${form}`, size }).replace(STORAGE_ORIGIN, origin);
      times.push(await send(url, form));
      rss.push(Number(await (await fetch(`${origin}/peak-rss`)).text()));
      console.log(
        `round ${round + 1} ${kind} ${form}: ${times.at(-1)?.toFixed(0)} ms, RSS ${idle} -> ${rss.at(-1)} MB`,
      );
      child.kill();
      await once(child, 'exit');
      await rm(dir, { recursive: true, force: true });
    }
  }
} finally {
  await rm(dir, { recursive: true, force: true });
}
const base = median(cases[0]?.times ?? []);
for (const { kind, form, times, rss } of cases) {
  const ms = median(times);
  const speed = ((megabytes * 1000) / ms).toFixed(0);
  console.log(
    `${kind} ${form}: ${megabytes} MB in ${ms.toFixed(0)} ms (${speed} MB/s), ${(ms / base).toFixed(2)} x trivial, peak RSS ${Math.max(...rss)} MB`,
  );
}
