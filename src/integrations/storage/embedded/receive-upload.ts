import { createHash } from 'node:crypto';
import { uploadFileProblem } from '@/lib/upload-file';
import type { DiskSpace } from './disk-space';
import type { FileRecord, FileStore } from './file-store';
import { diskFailure, IngestError } from './ingest-error';
import { PartWriter } from './part-writer';
import { bodyTransfer, rangeStart } from './receive-body';
import type { UploadTicket } from './signed-url';
import { takeTurn, type WriterTurn } from './writer-turn';

/** Most bytes a multipart body has around its one part. */
const MULTIPART_OVERHEAD = 20 * 1024;
/** Refused for what the bytes are: the next try has to begin with other ones. */
const WORTHLESS = new Set([413, 415]);

export interface ReceiveOptions {
  store: FileStore;
  space: DiskSpace;
  idleMs: number;
  now: () => number;
}

/**
 * Takes the bytes of one PUT, from the offset it names to the size its ticket names, and makes them a file. What has arrived of
 * an upload that breaks off stays. Throws IngestError: 400, 408, 409, 413, 415, 416, 500, 507.
 */
export async function receiveUpload(
  options: ReceiveOptions,
  request: Request,
  ticket: UploadTicket,
): Promise<FileRecord> {
  const { store, space, idleMs } = options;
  const start = rangeStart(request);
  refuseEarly(request, ticket, start);
  try {
    await space.require(ticket.size - start);
    await store.ready(ticket.key);
    const transfer = bodyTransfer(request, idleMs);
    const turn = await takeTurn(store, ticket.key, transfer.stop);
    try {
      // The writer that was replaced may have come to its end meanwhile.
      const record = await store.record(ticket.key);
      return record ?? (await writePart(options, ticket, start, turn, transfer));
    } finally {
      turn.release();
    }
  } catch (error) {
    const failure = diskFailure(error);
    if (WORTHLESS.has(failure.status)) await store.dropPart(ticket.key);
    throw failure;
  }
}

/** What can be known before a byte is read. */
function refuseEarly(request: Request, ticket: UploadTicket, start: number): void {
  const problem = uploadFileProblem(ticket);
  if (problem) throw new IngestError(400, problem);
  const length = Number(request.headers.get('content-length') ?? 0);
  const isMultipart = request.headers.get('content-type')?.startsWith('multipart/') ?? false;
  if (start + length - (isMultipart ? MULTIPART_OVERHEAD : 0) > ticket.size)
    throw new IngestError(413, `The file was said to have ${ticket.size} bytes, but more are coming. Start again.`);
}

async function writePart(
  { store, now }: ReceiveOptions,
  ticket: UploadTicket,
  start: number,
  turn: WriterTurn,
  transfer: ReturnType<typeof bodyTransfer>,
): Promise<FileRecord> {
  const { key, name, size, type, customId, acl } = ticket;
  const there = await store.partSize(key);
  // A start below the offset happens: Chromium repeats a whole PUT by itself when its connection is reset.
  if (start > there)
    throw new IngestError(416, `Only ${there} bytes have arrived, so the upload cannot go on at ${start}.`);
  const file = await store.openPart(key);
  try {
    const writer = new PartWriter({ file, hash: createHash('md5'), limit: size, turn });
    await writer.startAt(start);
    const end = await transfer.run(writer);
    if (end !== 'whole') {
      await writer.flush();
      throw new IngestError(408, brokenOff(end === 'silent', writer.position, size));
    }
    const md5 = await writer.seal();
    if (writer.position < size)
      throw new IngestError(400, `The file was said to have ${size} bytes, but only ${writer.position} came.`);
    await turn.confirm();
    const record = { key, name, size, type, customId, acl, md5, uploadedAt: now() };
    await store.finish(record);
    return record;
  } finally {
    await file.close();
  }
}

const brokenOff = (silent: boolean, position: number, size: number): string =>
  `${silent ? 'Nothing came for too long' : 'The connection broke'}. ${position} of ${size} bytes are kept: go on from there.`;
