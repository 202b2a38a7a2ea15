import { STORAGE_BASE, STORAGE_ORIGIN } from './address';
import type { DiskSpace } from './disk-space';
import type { FileStore } from './file-store';
import { Ingest } from './ingest';
import { sdkTransport } from './sdk-transport';
import { UploadCallbacks, type UploadRoute } from './upload-callback';

interface Options {
  store: FileStore;
  space: DiskSpace;
  identity: { apiKey: string; appId: string; token: string };
  /** The app's own upload route (POST of UploadThing's route handler), called when a file is complete. */
  route: UploadRoute;
  idleMs?: number;
  now?: () => number;
}

/** The storage as UploadThing's SDK and its browser client see it. */
export function embeddedUploads({ store, space, identity, route, ...timing }: Options) {
  const { apiKey, appId, token } = identity;
  const callbacks = new UploadCallbacks({ apiKey, appId, route });
  const ingest = new Ingest({ store, space, apiKey, appId, callbacks, ...timing });
  return {
    /** Answers what browsers send to the storage: HEAD, PUT and GET of signed addresses. */
    handle: (request: Request): Promise<Response> => ingest.handle(request),
    /** For `createRouteHandler({ config })` and `new UTApi(config)`. */
    config: {
      token,
      ingestUrl: STORAGE_BASE,
      apiUrl: STORAGE_BASE,
      ufsHost: STORAGE_BASE.replace('http://', ''),
      ufsAppIdLocation: 'path' as const,
      callbackUrl: `${STORAGE_ORIGIN}/api/uploadthing`,
      isDev: false,
      // At its default level the SDK logs presigned URLs, which are keys.
      logLevel: 'Warning' as const,
      fetch: sdkTransport({ store, space, ingest, callbacks, apiKey }),
    },
  };
}
