import { Busboy } from '@fastify/busboy';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { FakeError } from './errors';
import { type FakeFile, type FakeState, newId } from './state';

/** `/v1/files`. Counts bytes and lines of what comes in and keeps nothing, so its memory is flat too. */
export function fileRoutes(state: FakeState) {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  const find = (id: string): FakeFile => {
    const file = state.files.get(id);
    if (file) return file;
    throw new FakeError(404, `No such File object: ${id}`, 'id');
  };
  routes.post('/', async (c) => {
    const received = await receive(c.env.incoming);
    if (received.purpose !== 'fine-tune') throw new FakeError(400, 'Invalid purpose.', 'purpose');
    if (!received.filename.endsWith('.jsonl')) throw new FakeError(400, 'Invalid file format. Use .jsonl.', 'file');
    if (received.bytes === 0) throw new FakeError(400, 'File is empty.', 'file');
    const { filename, bytes, lines } = received;
    const file: FakeFile = { id: newId('file-'), filename, bytes, lines, created_at: state.now };
    state.files.set(file.id, file);
    return c.json(shown(file));
  });
  routes.get('/', (c) => {
    const data = [...state.files.values()].map(shown).reverse();
    return c.json({ object: 'list', data, has_more: false });
  });
  routes.get('/:id', (c) => c.json(shown(find(c.req.param('id')))));
  routes.delete('/:id', (c) => {
    const { id } = find(c.req.param('id'));
    state.files.delete(id);
    return c.json({ id, object: 'file', deleted: true });
  });
  return routes;
}

const shown = ({ lines: _lines, ...file }: FakeFile) => ({
  ...file,
  object: 'file' as const,
  purpose: 'fine-tune',
  status: 'processed',
});

interface Received {
  purpose: string | null;
  filename: string;
  bytes: number;
  lines: number;
}

function receive(request: import('node:http').IncomingMessage): Promise<Received> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) throw new FakeError(400, 'Send multipart/form-data.');
  const received: Received = { purpose: null, filename: '', bytes: 0, lines: 0 };
  const form = Busboy({ headers: { ...request.headers, 'content-type': type } });
  form.on('field', (name, value) => {
    if (name === 'purpose') received.purpose = value;
  });
  form.on('file', (_name, stream, filename) => {
    received.filename = filename;
    let lastByte = 10;
    stream.on('data', (piece: Buffer) => {
      received.bytes += piece.length;
      for (const byte of piece) if (byte === 10) received.lines++;
      lastByte = piece.at(-1) ?? lastByte;
    });
    stream.on('end', () => {
      if (lastByte !== 10) received.lines++;
    });
  });
  return new Promise((resolve, reject) => {
    form.on('finish', () => resolve(received));
    form.on('error', reject);
    request.on('aborted', () => reject(new FakeError(400, 'The upload was cut off.', 'file')));
    request.pipe(form);
  });
}
