import { logger } from '@/platform/logger/logger';
import { placeOf, STORAGE_ORIGIN } from './address';
import type { DiskSpace } from './disk-space';
import type { Announcement, FileRecord, FileStore } from './file-store';
import { diskFailure, IngestError } from './ingest-error';
import { receiveUpload } from './receive-upload';
import { gone, serveFile } from './serve-file';
import { readTicket, type UploadTicket, verifySignedUrl } from './signed-url';
import { addressesOf, type UploadCallbacks } from './upload-callback';

const IDLE_MS = 60_000;

export interface IngestOptions {
  store: FileStore;
  space: DiskSpace;
  apiKey: string;
  appId: string;
  callbacks: UploadCallbacks;
  /** A sender silent for this long is cut off. Default 60 s. */
  idleMs?: number;
  now?: () => number;
}

/** The public half of the storage: signed uploads and reads, by the rules of UploadThing's ingest (protocol v7). */
export class Ingest {
  private readonly options: IngestOptions;
  private readonly now: () => number;

  constructor(options: IngestOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
  }

  /** Never throws: refusals are answers of the form `{ error }`. */
  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    try {
      const place = placeOf(url.pathname);
      if (!place) throw new IngestError(404, 'Nothing lives at this address.');
      const { method } = request;
      if (place.kind === 'upload' && (method === 'HEAD' || method === 'PUT'))
        return await this.upload(request, url, place.key);
      if (place.kind === 'read' && (method === 'GET' || method === 'HEAD')) return await this.read(request, url, place);
      throw new IngestError(405, `${method} is not offered here.`);
    } catch (error) {
      return refused(error, request.method, url.pathname);
    }
  }

  private verify(url: URL): URLSearchParams {
    return verifySignedUrl({ url, origin: STORAGE_ORIGIN, apiKey: this.options.apiKey, now: this.now() });
  }

  private async upload(request: Request, url: URL, key: string): Promise<Response> {
    const { store } = this.options;
    const ticket = readTicket(key, this.verify(url));
    if (request.method === 'HEAD') {
      const record = await store.record(key);
      const arrived = record?.size ?? (await store.partSize(key));
      return new Response(null, { headers: { 'x-ut-range-start': String(arrived), 'cache-control': 'no-store' } });
    }
    const announcement = await this.announcementFor(ticket);
    const known = await store.record(key);
    if (known && !sameFile(known, ticket)) throw keyInUse();
    if (known) await request.body?.cancel().catch(() => undefined);
    const record =
      known ??
      (await receiveUpload(
        { ...this.options, idleMs: this.options.idleMs ?? IDLE_MS, now: this.now },
        request,
        ticket,
      ));
    return this.complete(record, announcement);
  }

  /** Keys are short hashes: a clash with somebody else's file must never hand one of them to the other. */
  private async announcementFor(ticket: UploadTicket): Promise<Announcement | null> {
    if (ticket.slug === null) return null;
    const announcement = await this.options.store.announcement(ticket.key);
    if (!announcement) throw new IngestError(409, 'The app has not announced this upload. Start again from the app.');
    if (announcement.customId !== null && announcement.customId !== ticket.customId) throw keyInUse();
    return announcement;
  }

  private async complete(record: FileRecord, announcement: Announcement | null): Promise<Response> {
    const { callbacks, appId } = this.options;
    const answer = { ...addressesOf(appId, record.key), fileHash: record.md5 ?? '' };
    if (!announcement) return json(200, { ...answer, serverData: null });
    const outcome = await callbacks.run(record, announcement);
    // 200 with `error` is the only form whose words UploadThing's client shows as the message.
    if (!outcome.ok)
      return json(200, { error: 'The file arrived and is kept, but what comes next failed. It is tried again.' });
    return json(200, { ...answer, serverData: outcome.serverData });
  }

  private async read(request: Request, url: URL, place: { appId: string; key: string }): Promise<Response> {
    const { store, appId } = this.options;
    const record = place.appId === appId ? await store.record(place.key) : null;
    if (record?.acl !== 'public-read') this.verify(url);
    if (!record) throw gone();
    return serveFile(store, record, request);
  }
}

const sameFile = (record: FileRecord, ticket: UploadTicket): boolean =>
  record.name === ticket.name && record.size === ticket.size && record.customId === ticket.customId;

const keyInUse = (): IngestError =>
  new IngestError(409, 'The key of this upload belongs to another file. Choose the file again to get a new one.');

const json = (status: number, body: unknown): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } });

/** A refused PUT ends at once: otherwise the browser would send the rest of a large file for nothing. */
function refused(error: unknown, method: string, pathname: string): Response {
  const failure = diskFailure(error);
  // The path only: the query is a signature, and a signature is a key.
  const line = { method, pathname, status: failure.status, reason: failure.message };
  if (failure.status >= 500) logger.error({ ...line, err: String(failure.cause) }, 'storage refused a request');
  else logger.info(line, 'storage refused a request');
  const headers = { 'cache-control': 'no-store', ...(method === 'PUT' && { connection: 'close' }) };
  const body = method === 'HEAD' ? null : JSON.stringify({ error: failure.message });
  return new Response(body, { status: failure.status, headers: { 'content-type': 'application/json', ...headers } });
}
