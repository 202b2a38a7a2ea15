import 'server-only';
import { authOptions } from '@/platform/auth/auth-options';
import { services } from './services';

export const nextAuthOptions = () =>
  authOptions({
    signIn: (email, password) => services().workspaces.signIn(email, password),
    hasAccount: (email) => services().workspaces.hasAccount(email),
    sessionSeal: (userId) => services().workspaces.sessionSeal(userId),
  });
