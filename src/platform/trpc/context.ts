import type { Actor } from '@/lib/actor';
import type { Logger } from '@/platform/logger/logger';

export interface SessionUser {
  id: string;
  email: string;
  name: string | null;
}

/** What every procedure gets. No services: routers receive theirs from the composition root. */
export interface TrpcContext {
  user: SessionUser | null;
  /** Null when nobody is signed in, or the person is a member of no workspace. */
  actor: Actor | null;
  requestId: string;
  log: Logger;
}
