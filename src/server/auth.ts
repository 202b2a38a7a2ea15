import 'server-only';
import { authOptions } from '@/platform/auth/auth-options';
import { services } from './services';

export const nextAuthOptions = () =>
  authOptions({
    signIn: (email, password) => services().workspaces.signIn(email, password),
    sessionSeal: (userId) => services().workspaces.sessionSeal(userId),
  });
