import { uploadDoors } from '@/server/uploads/upload-endpoint';

export const dynamic = 'force-dynamic';

const handler = (request: Request) => uploadDoors().route(request);

export { handler as GET, handler as POST };
