// The receiving end of upload.ts in a process of its own, so that its memory is its own: `storage` is the embedded storage,
// `trivial` writes the body to a file and hashes it. Prints its port; GET /peak-rss answers in MB.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DiskSpace } from '../../src/integrations/storage/embedded/disk-space';
import { embeddedUploads } from '../../src/integrations/storage/embedded/embedded-uploads';
import { FileStore } from '../../src/integrations/storage/embedded/file-store';
import { storageIdentity } from '../../src/platform/upload/storage-identity';
import { hostHandler } from '../../src/testing/http-host';

const [kind, dir = '', secret = ''] = process.argv.slice(2);

const store = new FileStore(dir);
const uploads = embeddedUploads({
  store,
  space: new DiskSpace({ store }),
  identity: storageIdentity(secret),
  route: () => Promise.resolve(new Response(null)),
});

async function writeAndHash(request: Request): Promise<Response> {
  await mkdir(dir, { recursive: true });
  const file = createWriteStream(path.join(dir, 'trivial'));
  const hash = createHash('md5');
  for await (const chunk of request.body ?? []) {
    hash.update(chunk);
    if (!file.write(chunk)) await once(file, 'drain');
  }
  await new Promise<void>((resolve) => {
    file.end(() => resolve());
  });
  return Response.json({ md5: hash.digest('hex') });
}

const { port } = await hostHandler((request) => {
  if (request.url.endsWith('/peak-rss'))
    return Promise.resolve(new Response(String(Math.round(process.resourceUsage().maxRSS / 1024))));
  return kind === 'storage' ? uploads.handle(request) : writeAndHash(request);
});
process.stdout.write(`${port}\n`);
