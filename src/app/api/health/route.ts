import { readPublicHealth } from '@/server/health';

export const dynamic = 'force-dynamic';

/** For probes and balancers, which do not sign in: states only. Liveness is any answer; with `?ready` the status code says whether this process should get traffic. */
export async function GET(request: Request): Promise<Response> {
  const health = await readPublicHealth();
  const ready = new URL(request.url).searchParams.has('ready');
  return Response.json(health, {
    status: ready && health.status === 'down' ? 503 : 200,
    headers: { 'cache-control': 'no-store', 'x-tuneloop-instance': health.instance },
  });
}
