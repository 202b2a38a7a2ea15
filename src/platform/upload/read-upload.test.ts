import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUpload } from './read-upload';

const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);

function streamOf(bytes: Buffer, step: number, breakAt = Number.POSITIVE_INFINITY): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= breakAt) return controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + step));
      at += step;
    },
  });
}

function request(body: ReadableStream<Uint8Array>, type: string): Request {
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    body,
    headers: { 'content-type': type },
    duplex: 'half',
  };
  return new Request('http://localhost/upload', init);
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const part = (name: string, fileName: string, content: Buffer | string) =>
  Buffer.concat([
    Buffer.from(
      `--XX\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
const END = Buffer.from('--XX--\r\n');
const MULTIPART = 'multipart/form-data; boundary=XX';

const read = async (bytes: Buffer, type: string, step = 7, breakAt?: number) => {
  const { fileName, body } = await readUpload(request(streamOf(bytes, step, breakAt), type), 'fallback.jsonl');
  return { fileName, content: (await collect(body)).toString() };
};

describe('readUpload', () => {
  it('takes a raw body under the name it was given', async () => {
    expect(await read(Buffer.from('{"a":1}\n'), 'application/jsonl')).toEqual({
      fileName: 'fallback.jsonl',
      content: '{"a":1}\n',
    });
  });

  it('takes the part "file", whatever fields stand before and after it', async () => {
    const field = Buffer.from('--XX\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n');
    const body = Buffer.concat([field, part('file', 'data.jsonl', '{"a":1}\n'), field, END]);
    expect(await read(body, MULTIPART)).toEqual({ fileName: 'data.jsonl', content: '{"a":1}\n' });
  });

  it.each([
    ['no file at all', END, 'upload.no_file'],
    ['another field name', Buffer.concat([part('data', 'a.jsonl', 'x'), END]), 'upload.no_file'],
    ['two files', Buffer.concat([part('file', 'a.jsonl', 'x'), part('file', 'b.jsonl', 'y'), END]), 'upload.no_file'],
    ['an ending nobody reads', Buffer.concat([part('file', 'a.exe', 'x'), END]), 'upload.bad_name'],
    ['a missing end', part('file', 'a.jsonl', 'x'.repeat(50)).subarray(0, -10), 'upload.malformed'],
  ])('refuses %s in words', async (_, body, reason) => {
    await expect(read(body, MULTIPART)).rejects.toMatchObject({ name: 'AppError', reason });
  });

  it('refuses multipart without a boundary, and a request without a body', async () => {
    await expect(read(END, 'multipart/form-data')).rejects.toMatchObject({ reason: 'upload.malformed' });
    await expect(readUpload(new Request('http://localhost', { method: 'POST' }), 'a.jsonl')).rejects.toMatchObject({
      reason: 'upload.no_file',
    });
  });

  it.each([MULTIPART, 'application/jsonl'])('tells a broken connection from a damaged body (%s)', async (type) => {
    const bytes = type === MULTIPART ? Buffer.concat([part('file', 'a.jsonl', 'x'.repeat(5000)), END]) : END;
    const breakAt = type === MULTIPART ? 2100 : 7;
    await expect(read(bytes, type, 7, breakAt)).rejects.toMatchObject({ reason: 'upload.broken_off' });
  });

  it.each([MULTIPART, 'application/jsonl'])('cuts off a sender that falls silent (%s)', async (type) => {
    const begun = type === MULTIPART ? part('file', 'a.jsonl', 'x'.repeat(500)) : Buffer.from('{"a":1}\n');
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(begun) });
    const received = await readUpload(request(body, type), 'a.jsonl', { idleMs: 50 });
    await expect(collect(received.body)).rejects.toMatchObject({ reason: 'upload.broken_off' });
  });

  it('stops the sender when the reader stops', async () => {
    let cancelled = false;
    const bytes = Buffer.concat([part('file', 'a.jsonl', 'x'.repeat(3_000_000)), END]);
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        at += 65536;
        controller.enqueue(bytes.subarray(at - 65536, at));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    const received = await readUpload(request(body, MULTIPART), 'a.jsonl');
    for await (const chunk of received.body) if (chunk.byteLength > 0) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(cancelled).toBe(true);
  });

  it(`gives the very bytes back, for any content and chunk size (seed ${seed})`, async () => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc
        .array(fc.constantFrom('\r\n', '--XX', '--XX--', '\r', '-', 'a', '\r\n--X', '\n'), { maxLength: 30 })
        .map((pieces) => Buffer.from(pieces.join('')))
        .filter((bytes) => !bytes.includes('\r\n--XX') && !bytes.subarray(0, 4).equals(Buffer.from('--XX'))),
    );
    await fc.assert(
      fc.asyncProperty(content, fc.integer({ min: 1, max: 50 }), async (bytes, step) => {
        const body = Buffer.concat([part('file', 'a.jsonl', bytes), END]);
        const received = await readUpload(request(streamOf(body, step), MULTIPART), 'x.jsonl');
        expect((await collect(received.body)).equals(bytes)).toBe(true);
      }),
      { seed, numRuns: 300 },
    );
  });
});
