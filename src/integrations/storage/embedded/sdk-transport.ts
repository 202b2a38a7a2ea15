import { z } from 'zod';
import { STORAGE_BASE, STORAGE_ORIGIN, STORAGE_PATH } from './address';
import type { DiskSpace } from './disk-space';
import type { FileStore } from './file-store';
import type { Ingest } from './ingest';
import { equalSecrets } from './signed-url';
import type { UploadCallbacks } from './upload-callback';

const routeMetadata = z.object({
  fileKeys: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
  callbackSlug: z.string(),
});
const callbackResult = z.object({ callbackData: z.unknown() });
const keyList = z.object({ fileKeys: z.array(z.string()) });

const RESULT = new RegExp(`^${STORAGE_PATH}/callback/([0-9a-f-]{36})/callback-result$`);

interface Options {
  store: FileStore;
  space: DiskSpace;
  ingest: Ingest;
  callbacks: UploadCallbacks;
  apiKey: string;
}

/**
 * The `fetch` that UploadThing's server SDK is given in embedded mode: its calls end in this process, so the endpoints that take
 * the API key are not on the network at all. `callbackUrl` of its requests is ignored: it comes from the Host header.
 */
export function sdkTransport(options: Options): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.origin !== STORAGE_ORIGIN) throw new TypeError(`The embedded storage was asked for ${url.origin}.`);
    if (request.method !== 'POST') return options.ingest.handle(request);
    if (!equalSecrets(request.headers.get('x-uploadthing-api-key') ?? '', options.apiKey))
      return Response.json({ error: 'Invalid API key' }, { status: 401 });
    return answer(options, url.pathname, await request.json());
  };
}

async function answer({ store, space, callbacks }: Options, pathname: string, body: unknown): Promise<Response> {
  const callbackId = RESULT.exec(pathname)?.[1];
  if (callbackId) {
    callbacks.settle(callbackId, callbackResult.parse(body).callbackData);
    return Response.json({ ok: true });
  }
  switch (pathname.slice(STORAGE_PATH.length)) {
    case '/route-metadata':
      return announce(store, routeMetadata.parse(body));
    case '/v6/deleteFiles': {
      let deletedCount = 0;
      for (const key of keyList.parse(body).fileKeys) if (await store.remove(key)) deletedCount++;
      return Response.json({ success: true, deletedCount });
    }
    case '/v6/getUsageInfo': {
      const files = await store.list();
      const used = await space.used();
      const limitBytes = used + (await space.available());
      return Response.json({ totalBytes: used, appTotalBytes: used, filesUploaded: files.length, limitBytes });
    }
    default:
      return Response.json({ error: `${STORAGE_BASE} offers no ${pathname}.` }, { status: 404 });
  }
}

/**
 * The protocol's announcement has no custom id, so our file router repeats it in the metadata. Whoever announced a key first
 * keeps it: keys are short hashes, and a second owner would receive the first one's file.
 */
async function announce(store: FileStore, request: z.infer<typeof routeMetadata>): Promise<Response> {
  const { customId } = request.metadata;
  const owner = typeof customId === 'string' ? customId : null;
  for (const key of request.fileKeys) {
    const known = await store.announcement(key);
    if (known && known.customId !== owner) return Response.json({ ok: false }, { status: 409 });
    await store.announce(key, { slug: request.callbackSlug, customId: owner, metadata: request.metadata });
  }
  return Response.json({ ok: true });
}
