import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { safePath } from '@/lib/safe-path';
import { offeredOauth } from '@/platform/auth/oauth';
import { requestContext } from '@/server/session';
import { BrandMark } from '../brand-mark';
import { LoginForm } from './login-form';
import { NoWorkspace } from './no-workspace';

export const metadata: Metadata = { title: 'Sign in' };

interface LoginPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }>;
}

export default async function LoginPage({ searchParams }: LoginPageProps) {
  const { callbackUrl, error } = await searchParams;
  const next = safePath(one(callbackUrl), '/dashboard/fine-tuning');
  const { user, actor } = await requestContext();
  if (user && actor) redirect(next);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center px-6 py-12">
      <div className="mb-6 flex items-center gap-2 font-semibold text-xl">
        <BrandMark size={24} />
        Tuneloop
      </div>
      {user ? (
        <NoWorkspace email={user.email} />
      ) : (
        <LoginForm next={next} oauth={offeredOauth()} error={one(error) ?? null} />
      )}
    </main>
  );
}

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
