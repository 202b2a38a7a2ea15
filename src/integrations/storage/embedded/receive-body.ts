import { IngestError } from './ingest-error';
import { MultipartPart } from './multipart-part';
import type { PartWriter } from './part-writer';

export interface BodyTransfer {
  /** Ends the transfer from outside; bytes already taken are written. */
  stop(): void;
  /** Resolves with true when the body came to its proper end, false when it broke off. Throws IngestError and disk errors. */
  run(writer: PartWriter): Promise<boolean>;
}

/**
 * Moves a request's content, raw or the one part of a multipart body, into a writer at the disk's pace. A sender that is
 * silent for `idleMs` is cut off by cancelling the source; a race against a timer promise would retain every chunk.
 */
export function bodyTransfer(request: Request, idleMs: number): BodyTransfer {
  const reader = request.body?.getReader();
  let ended = false;
  const stop = (): void => {
    ended = true;
    reader?.cancel().catch(() => undefined);
  };

  async function run(writer: PartWriter): Promise<boolean> {
    if (!reader) return true;
    const contentType = request.headers.get('content-type') ?? '';
    const part = contentType.startsWith('multipart/form-data') ? new MultipartPart(contentType) : null;
    const idle = setTimeout(stop, idleMs);
    try {
      for (;;) {
        const chunk = await readQuietly(reader);
        if (chunk === null || ended) break;
        if (chunk === 'end') {
          const last = part ? part.end() : Buffer.alloc(0);
          if (last && last.length > 0) await writer.write(last);
          return last !== null;
        }
        idle.refresh();
        if (!part) await writer.write(chunk);
        else for (const content of part.push(chunk)) await writer.write(content);
      }
      return false;
    } finally {
      clearTimeout(idle);
    }
  }

  return { stop, run };
}

/** Null = the connection broke: that is the sender's trouble, unlike what the disk throws. */
async function readQuietly(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Buffer | 'end' | null> {
  try {
    const { done, value } = await reader.read();
    return done ? 'end' : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  } catch {
    return null;
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
