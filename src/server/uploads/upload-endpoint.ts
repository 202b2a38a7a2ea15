import 'server-only';
import type { NextRequest } from 'next/server';
import { createRouteHandler } from 'uploadthing/next';
import { env } from '@/env';
import { rootRelative } from '@/integrations/storage/embedded/address';
import { embeddedUploads } from '@/integrations/storage/embedded/embedded-uploads';
import { storageIdentity } from '@/platform/upload/storage-identity';
import { createTrpcContext } from '../context';
import { installationSecret } from '../installation-secret';
import { services } from '../services';
import { cloudConfig, embeddedFiles } from '../storage';
import { createUploadRouter } from './upload-router';

type Handler = (request: Request) => Promise<Response>;

interface UploadDoors {
  /** UploadThing's route: signs addresses for the browser, hears that files are complete. */
  route: Handler;
  /** The embedded storage itself; null when the cloud keeps the files. */
  storage: Handler | null;
}

const shared = globalThis as typeof globalThis & { tuneloopUploadDoors?: UploadDoors };

/** Made with the first request, never at import: a build has no secret and must leave no folder. */
export function uploadDoors(): UploadDoors {
  shared.tuneloopUploadDoors ??= env.UPLOADTHING_TOKEN ? cloudDoors(env.UPLOADTHING_TOKEN) : embeddedDoors();
  return shared.tuneloopUploadDoors;
}

const router = () =>
  createUploadRouter({
    actorOf: async (headers) => (await createTrpcContext(headers)).actor,
    freeBytes: async () => (await services().storage.health()).freeBytes,
    importFile: (actor, input) => services().datasets.importFile(actor, input),
  });

function cloudDoors(token: string): UploadDoors {
  const { POST } = createRouteHandler({ router: router(), config: cloudConfig(token) });
  return { route: (request) => POST(request as NextRequest), storage: null };
}

function embeddedDoors(): UploadDoors {
  const uploads = embeddedUploads({
    ...embeddedFiles(),
    identity: storageIdentity(installationSecret()),
    route: (request) => POST(request as NextRequest),
  });
  const { POST } = createRouteHandler({ router: router(), config: uploads.config });
  return { route: async (request) => withRelativeUrls(await POST(request as NextRequest)), storage: uploads.handle };
}

/** The browser reaches the storage under the origin it already has, whatever name, port or proxy that is. */
async function withRelativeUrls(response: Response): Promise<Response> {
  const body: unknown = response.ok
    ? await response
        .clone()
        .json()
        .catch(() => null)
    : null;
  if (!Array.isArray(body)) return response;
  const files = body.map((file: { url: string }) => ({ ...file, url: rootRelative(file.url) }));
  return Response.json(files, { headers: { 'cache-control': 'no-store' } });
}
