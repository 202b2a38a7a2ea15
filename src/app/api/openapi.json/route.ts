import { openApiDocument } from '@/server/openapi-document';

export const dynamic = 'force-dynamic';

export const GET = () => Response.json(openApiDocument());
