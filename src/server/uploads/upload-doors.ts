import 'server-only';
import type { NextRequest } from 'next/server';
import { createRouteHandler } from 'uploadthing/next';
import { rootRelative } from '@/integrations/storage/embedded/address';
import type { DiskSpace } from '@/integrations/storage/embedded/disk-space';
import { embeddedUploads } from '@/integrations/storage/embedded/embedded-uploads';
import type { FileStore } from '@/integrations/storage/embedded/file-store';
import type { UploadThingConfig } from '@/integrations/storage/uploadthing/uploadthing-storage';
import type { StorageIdentity } from '@/platform/upload/storage-identity';
import type { UploadRouter } from './upload-router';

type Handler = (request: Request) => Promise<Response>;

export interface UploadDoors {
  /** UploadThing's route: signs addresses for the browser, hears that files are complete. */
  route: Handler;
  /** The embedded storage itself; null when the cloud keeps the files. */
  storage: Handler | null;
}

export function cloudDoors(router: UploadRouter, config: UploadThingConfig): UploadDoors {
  const { POST } = createRouteHandler({ router, config });
  return { route: (request) => POST(request as NextRequest), storage: null };
}

interface EmbeddedOptions {
  store: FileStore;
  space: DiskSpace;
  identity: StorageIdentity;
  idleMs?: number;
}

export function embeddedDoors(router: UploadRouter, options: EmbeddedOptions): UploadDoors {
  const uploads = embeddedUploads({ ...options, route: (request) => POST(request as NextRequest) });
  const { POST } = createRouteHandler({ router, config: uploads.config });
  return { route: async (request) => withRelativeUrls(await POST(request as NextRequest)), storage: uploads.handle };
}

/** The browser reaches the storage under the origin it already has, whatever name, port or proxy that is. */
async function withRelativeUrls(response: Response): Promise<Response> {
  const text = await response.text();
  const body: unknown = response.ok && text !== '' ? JSON.parse(text) : null;
  const { status, headers } = response;
  if (!Array.isArray(body)) return new Response(text, { status, headers });
  const files = body.map((file: { url: string }) => ({ ...file, url: rootRelative(file.url) }));
  return Response.json(files, { headers: { 'cache-control': 'no-store' } });
}
