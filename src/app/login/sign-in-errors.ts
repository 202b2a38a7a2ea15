const MESSAGES: Record<string, string> = {
  CredentialsSignin:
    'This mail address and password do not belong together here. Check both. After the first start the owner’s password stands in owner-password.txt in the data folder.',
  TooManyTries: 'Too many passwords were tried, so none is checked for now. Wait half a minute, then try again.',
  OAuthAccountNotLinked: 'There is an account with this mail address already. Sign in with its password.',
  AccessDenied:
    'The other service did not let you in, or there is no account here with its (verified) mail address. Ask an owner or admin to add you as a member, or sign in with a password.',
  SessionRequired: 'Sign in to go on.',
};

const OTHER =
  'Signing in did not work because of a problem on the server. Nothing was changed. Try again in a moment; if it stays, the log of the web app says why.';

/** The sign-in library's error codes in words. */
export const signInError = (code: string | null | undefined): string | null =>
  code ? (MESSAGES[code] ?? OTHER) : null;
