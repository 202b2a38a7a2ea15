import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
const TRAILER = Buffer.from('ffff', 'hex');

/** The least that has to happen to a file: read, split, JSON.parse, store the line. One thread, one column, no index, no check. */
export async function floor(file: string, client: pg.Client): Promise<void> {
  await client.query('CREATE TABLE floor (line text)');
  const stream = client.query(copyFrom('COPY floor FROM STDIN (FORMAT binary)'));
  stream.write(HEADER);
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 512 * 1024 })) {
    const data = Buffer.concat([rest, chunk as Buffer]);
    const parts: Buffer[] = [];
    let from = 0;
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, from)) {
      const line = data.subarray(from, end);
      JSON.parse(line.toString());
      const head = Buffer.alloc(6);
      head.writeInt16BE(1);
      head.writeInt32BE(line.length, 2);
      parts.push(head, line);
      from = end + 1;
    }
    rest = Buffer.from(data.subarray(from));
    if (!stream.write(Buffer.concat(parts))) await once(stream, 'drain');
  }
  stream.end(TRAILER);
  await finished(stream);
}
