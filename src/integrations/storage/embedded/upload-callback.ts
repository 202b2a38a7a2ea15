import { randomUUID } from 'node:crypto';
import { readUrl, rootRelative, STORAGE_BASE } from './address';
import type { Announcement, FileRecord } from './file-store';
import { signText } from './signed-url';

/** The app's upload route, called with the signed news that a file is complete. */
export type UploadRoute = (request: Request) => Promise<Response>;

/** What `onUploadComplete` returned, or that it returned nothing because it threw. */
export type CallbackOutcome = { ok: true; serverData: unknown } | { ok: false };

/** The addresses of a file as an upload's answer and its callback name them. */
export function addressesOf(appId: string, key: string) {
  const url = rootRelative(readUrl(appId, key));
  return { url, appUrl: url, ufsUrl: url };
}

/**
 * Tells the app about complete files and waits for what it makes of them. UploadThing's handler sends its result to
 * `{origin}/callback-result` before it answers, so an answer without a result means that `onUploadComplete` threw.
 */
export class UploadCallbacks {
  private readonly results = new Map<string, { data: unknown } | null>();
  private readonly options: { apiKey: string; appId: string; route: UploadRoute };

  constructor(options: { apiKey: string; appId: string; route: UploadRoute }) {
    this.options = options;
  }

  async run(record: FileRecord, announcement: Announcement): Promise<CallbackOutcome> {
    const { apiKey, appId, route } = this.options;
    // An origin of its own for each call: two that end at once, for the same file, must not take each other's result.
    const id = randomUUID();
    const body = JSON.stringify({
      status: 'uploaded',
      metadata: announcement.metadata,
      origin: `${STORAGE_BASE}/callback/${id}`,
      file: {
        name: record.name,
        size: record.size,
        type: record.type,
        customId: record.customId,
        key: record.key,
        ...addressesOf(appId, record.key),
        fileHash: record.md5 ?? '',
      },
    });
    this.results.set(id, null);
    try {
      const slug = encodeURIComponent(announcement.slug);
      const response = await route(
        new Request(`${STORAGE_BASE.replace(/ut$/, 'uploadthing')}?slug=${slug}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'uploadthing-hook': 'callback',
            'x-uploadthing-signature': signText(body, apiKey),
          },
          body,
        }),
      );
      await response.body?.cancel();
      const result = this.results.get(id);
      return result ? { ok: true, serverData: result.data } : { ok: false };
    } finally {
      this.results.delete(id);
    }
  }

  /** Takes a result that the handler sent. Unknown ids are ignored: nobody waits for them any more. */
  settle(id: string, data: unknown): void {
    if (this.results.has(id)) this.results.set(id, { data });
  }
}
