import { IngestError } from './ingest-error';
import { MultipartPart } from './multipart-part';
import type { PartWriter } from './part-writer';

export interface BodyTransfer {
  /** Ends the transfer from outside; bytes already taken are written. */
  stop(): void;
  /** Resolves when nothing more will come. Throws IngestError and disk errors. */
  run(writer: PartWriter): Promise<TransferEnd>;
}

/** `whole` = the body came to its proper end; `broken` = it broke off; `silent` = the sender said nothing for too long. */
export type TransferEnd = 'whole' | 'broken' | 'silent';

/**
 * Moves a request's content, raw or the one part of a multipart body, into a writer at the disk's pace. A sender that is
 * silent for `idleMs` is cut off by cancelling the source; a race against a timer promise would retain every chunk.
 */
export function bodyTransfer(request: Request, idleMs: number): BodyTransfer {
  const reader = request.body?.getReader();
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    reader?.cancel().catch(() => undefined);
  };

  async function run(writer: PartWriter): Promise<TransferEnd> {
    if (!reader) return 'whole';
    const content = unwrap(request.headers.get('content-type') ?? '');
    const silence = silenceTimer(idleMs, stop);
    const put = (pieces: readonly Buffer[]): Promise<void> =>
      silence.paused(async () => {
        for (const piece of pieces) await writer.write(piece);
      });
    try {
      for (let chunk = await readQuietly(reader); chunk !== 'end'; chunk = await readQuietly(reader)) {
        if (chunk === 'broken' || stopped) return silence.fired() ? 'silent' : 'broken';
        await put(content.push(chunk));
      }
      const last = stopped ? null : content.end();
      if (last) await put([last]);
      return last ? 'whole' : silence.fired() ? 'silent' : 'broken';
    } finally {
      silence.clear();
    }
  }

  return { stop, run };
}

/** Calls `onSilence` after `idleMs` without `paused` work. A slow disk is not a silent sender. */
function silenceTimer(idleMs: number, onSilence: () => void) {
  let fired = false;
  let busy = false;
  const timer = setTimeout(() => {
    if (busy) return void timer.refresh();
    fired = true;
    onSilence();
  }, idleMs);
  return {
    fired: () => fired,
    clear: () => clearTimeout(timer),
    async paused(work: () => Promise<void>): Promise<void> {
      busy = true;
      await work();
      busy = false;
      timer.refresh();
    },
  };
}

/** UploadThing's client sends multipart; its documentation shows raw bodies as well. */
function unwrap(contentType: string): Pick<MultipartPart, 'push' | 'end'> {
  if (contentType.startsWith('multipart/form-data')) return new MultipartPart(contentType);
  return { push: (chunk) => [chunk], end: () => Buffer.alloc(0) };
}

/** A connection that broke is the sender's trouble, unlike what the disk throws. */
async function readQuietly(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Buffer | 'end' | 'broken'> {
  try {
    const { done, value } = await reader.read();
    return done ? 'end' : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  } catch {
    return 'broken';
  }
}

/** The offset of `Range: bytes=N-`; 0 without one. Throws IngestError 400. */
export function rangeStart(request: Request): number {
  const range = request.headers.get('range');
  if (range === null) return 0;
  const start = /^bytes=(\d{1,15})-/.exec(range)?.[1];
  if (start === undefined) throw new IngestError(400, 'The Range header has to look like bytes=N-.');
  return Number(start);
}
