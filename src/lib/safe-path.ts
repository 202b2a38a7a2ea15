/**
 * The path to go to after signing in: only a path of this site, so that a link to the login page cannot lead elsewhere.
 * Anything else becomes `fallback`.
 */
export function safePath(wanted: string | null | undefined, fallback: string): string {
  if (!wanted) return fallback;
  // A base that cannot be meant: whoever keeps it stayed on this site. Catches //host, /\host, \t/host and schemes alike.
  const base = 'http://stays.invalid';
  let url: URL;
  try {
    url = new URL(wanted, base);
  } catch {
    return fallback;
  }
  if (url.origin !== base || !wanted.startsWith('/') || url.pathname.startsWith('//')) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}
