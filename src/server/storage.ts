import 'server-only';
import path from 'node:path';
import { env } from '@/env';
import { DiskSpace } from '@/integrations/storage/embedded/disk-space';
import { EmbeddedStorage } from '@/integrations/storage/embedded/embedded-storage';
import { FileStore } from '@/integrations/storage/embedded/file-store';
import { removeLeftovers } from '@/integrations/storage/embedded/janitor';
import type { StoragePort } from '@/integrations/storage/storage-port';
import { UploadThingStorage } from '@/integrations/storage/uploadthing/uploadthing-storage';
import { logger } from '@/platform/logger/logger';
import { storageIdentity } from '@/platform/upload/storage-identity';
import { installationSecret } from './installation-secret';

const CLEAN_EVERY_MS = 3600 * 1000;

/** With a token of UploadThing's the cloud keeps the files; without one, a folder of this installation does. */
export const usesEmbeddedStorage = (): boolean => !env.UPLOADTHING_TOKEN;

/** The folder and its limits. State that processes share is on the disk, so any number of these may exist. */
export function embeddedFiles() {
  const store = new FileStore(path.resolve(/*turbopackIgnore: true*/ env.TUNELOOP_DATA_DIR, 'storage'));
  return { store, space: new DiskSpace({ store, quotaBytes: env.TUNELOOP_STORAGE_QUOTA_BYTES }) };
}

/** What the SDK needs to reach UploadThing's cloud. The callback address is configured: its default is the Host header. */
export const cloudConfig = (token: string) => ({
  token,
  callbackUrl: new URL('/api/uploadthing', env.NEXTAUTH_URL).href,
  logLevel: 'Warning' as const,
});

/** Secrets are read with the first use, never at import: a build has none. */
export function createStorage(): StoragePort {
  if (env.UPLOADTHING_TOKEN) return new UploadThingStorage(cloudConfig(env.UPLOADTHING_TOKEN));
  return new EmbeddedStorage({ ...embeddedFiles(), identity: () => storageIdentity(installationSecret()) });
}

/** Deletes abandoned uploads now and every hour, until the signal. */
export function keepStorageClean(signal: AbortSignal): void {
  if (!usesEmbeddedStorage()) return;
  const { store } = embeddedFiles();
  const clean = (): void => {
    removeLeftovers(store, Date.now()).then(
      (files) => files > 0 && logger.info({ files }, 'removed what abandoned uploads had left'),
      (error) => logger.warn({ err: String(error) }, 'could not clean the storage folder'),
    );
  };
  clean();
  const timer = setInterval(clean, CLEAN_EVERY_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
