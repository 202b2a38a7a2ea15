import { uploadDoors } from '@/server/uploads/upload-endpoint';

export const dynamic = 'force-dynamic';

/** The app's own storage. Streams, so it must stay out of proxy.ts and rewrites: both cut bodies at 10 MB. */
async function handler(request: Request): Promise<Response> {
  const { storage } = uploadDoors();
  return storage
    ? storage(request)
    : Response.json({ error: 'Files are kept by UploadThing, not here.' }, { status: 404 });
}

export { handler as GET, handler as HEAD, handler as PUT };
