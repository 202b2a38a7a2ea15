import { restHandler } from '@/server/rest-handler';

const handler = (request: Request) => restHandler()(request);

export { handler as GET, handler as POST, handler as PATCH, handler as DELETE };
