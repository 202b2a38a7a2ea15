'use server';

import { cookies } from 'next/headers';
import { z } from 'zod';
import { env } from '@/env';
import { WORKSPACE_COOKIE } from '@/server/context';

const YEAR_S = 365 * 24 * 3600;

/** Remembers where this browser works. Whether the person is a member there is decided with each request, not here. */
export async function chooseWorkspace(id: string): Promise<void> {
  const store = await cookies();
  store.set(WORKSPACE_COOKIE, z.uuid().parse(id), {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    maxAge: YEAR_S,
    secure: env.NEXTAUTH_URL.startsWith('https:'),
  });
}
