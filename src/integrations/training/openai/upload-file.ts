import { randomBytes } from 'node:crypto';
import type { UploadRequest } from '../training-port';

/** No piece was taken for so long: the connection is dead, whatever TCP believes. */
const STALLED_MS = 60_000;

export interface FileForm {
  body: ReadableStream<Uint8Array>;
  headers: Record<string, string>;
}

/**
 * A multipart form with `purpose=fine-tune` and one file, sent while it is read: the SDK's own `toFile` would gather the
 * whole file in memory first. With known `bytes` the request carries its length, without it goes out in chunks.
 *
 * @param onStall called when nobody takes the next piece for a minute
 * @throws RangeError (from the stream) when the content is not as long as `bytes` says
 */
export function toFileForm({ name, content, bytes }: UploadRequest, onStall: () => void): FileForm {
  const boundary = `tuneloop-${randomBytes(16).toString('hex')}`;
  const head = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nfine-tune\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${wireName(name)}"\r\n` +
      'Content-Type: application/jsonl\r\n\r\n',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);

  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield head;
    let sent = 0;
    for await (const piece of content) {
      sent += piece.length;
      if (bytes !== undefined && sent > bytes) break;
      yield piece;
    }
    if (bytes !== undefined && sent !== bytes)
      throw new RangeError(
        `the file has ${sent > bytes ? 'more' : 'fewer'} than the ${bytes} bytes it was said to have`,
      );
    yield tail;
  }

  return {
    body: watched(pieces(), onStall),
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...(bytes === undefined ? {} : { 'content-length': String(head.length + bytes + tail.length) }),
    },
  };
}

/** OpenAI takes `.jsonl` only; quotes and line ends would break out of the header. */
function wireName(name: string): string {
  const clean = name.replace(/[^\w.() -]+/g, '_').slice(0, 200) || 'data';
  return clean.endsWith('.jsonl') ? clean : `${clean}.jsonl`;
}

function watched(pieces: AsyncGenerator<Uint8Array>, onStall: () => void): ReadableStream<Uint8Array> {
  let timer: NodeJS.Timeout | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(timer);
        const { done, value } = await pieces.next();
        if (done) return controller.close();
        controller.enqueue(value);
        timer = setTimeout(onStall, STALLED_MS).unref();
      },
      async cancel() {
        clearTimeout(timer);
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
