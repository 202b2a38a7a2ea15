import { inngestEndpoint } from '@/server/inngest-endpoint';

export const dynamic = 'force-dynamic';

const handler = (request: Request) => inngestEndpoint()(request);

export { handler as GET, handler as POST, handler as PUT };
