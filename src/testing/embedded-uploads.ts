import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { DiskSpace, type FreeSpace } from '@/integrations/storage/embedded/disk-space';
import { EmbeddedStorage } from '@/integrations/storage/embedded/embedded-storage';
import { embeddedUploads } from '@/integrations/storage/embedded/embedded-uploads';
import { FileStore } from '@/integrations/storage/embedded/file-store';
import type { UploadRoute } from '@/integrations/storage/embedded/upload-callback';
import { storageIdentity } from '@/platform/upload/storage-identity';

interface Options {
  dir?: string;
  secret?: string;
  route?: UploadRoute;
  freeSpace?: FreeSpace;
  quotaBytes?: number;
  idleMs?: number;
  now?: () => number;
}

/** An embedded storage in a folder of its own, which goes with the test. */
export async function testUploads(options: Options = {}) {
  const dir = options.dir ?? (await mkdtemp(path.join(os.tmpdir(), 'tuneloop-storage-')));
  if (!options.dir) onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const identity = storageIdentity(options.secret ?? randomBytes(32).toString('hex'));
  const store = new FileStore(dir);
  const { freeSpace, quotaBytes, idleMs, now } = options;
  const space = new DiskSpace({ store, freeSpace, quotaBytes });
  const route = options.route ?? (() => Promise.resolve(new Response(null)));
  const uploads = embeddedUploads({
    store,
    space,
    identity,
    route,
    ...(idleMs !== undefined && { idleMs }),
    ...(now && { now }),
  });
  return {
    dir,
    identity,
    store,
    space,
    uploads,
    storage: new EmbeddedStorage({ store, space, identity: () => identity }),
  };
}
