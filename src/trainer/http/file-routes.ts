import fs from 'node:fs';
import { Readable } from 'node:stream';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { FileStore } from '../files/file-store';
import { receiveUpload } from '../files/receive-upload';
import { notFound } from './api-error';
import { page, pageQuery } from './paging';

/** `/v1/files`. A file in use by a job may be deleted: the job has a copy. */
export function fileRoutes(files: FileStore) {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  const find = (id: string) => {
    const file = files.get(id);
    if (!file) throw notFound('File object', id);
    return file;
  };
  routes.post('/', async (c) => c.json(await receiveUpload(c.env.incoming, files)));
  routes.get('/', (c) => {
    const query = c.req.query();
    const { after, limit } = pageQuery(query, 10_000, 10_000);
    const all = files.list().filter((file) => query.purpose === undefined || file.purpose === query.purpose);
    return c.json(page(query.order === 'asc' ? all.toReversed() : all, after, limit));
  });
  routes.get('/:id', (c) => c.json(find(c.req.param('id'))));
  routes.get('/:id/content', (c) => {
    const file = find(c.req.param('id'));
    const stream = Readable.toWeb(fs.createReadStream(files.contentPath(file.id))) as ReadableStream;
    return c.body(stream, 200, {
      'content-type': 'application/octet-stream',
      'content-length': String(file.bytes),
    });
  });
  routes.delete('/:id', (c) => {
    const { id } = find(c.req.param('id'));
    files.remove(id);
    return c.json({ id, object: 'file', deleted: true });
  });
  return routes;
}
