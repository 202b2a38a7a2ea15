import { expect, it } from 'vitest';
import { config } from './proxy';
import { contentSecurityPolicy } from './server/content-security-policy';

const covers = (path: string) => config.matcher.some((matcher) => new RegExp(`^${matcher}$`).test(path));

it.each(['/api/ut/some/file', '/api/uploadthing', '/api/fine-tuning/datasets', '/api/trpc/jobs.watch'])(
  'keeps its hands off %s: a body that passed through it would be cut at 10 MB',
  (path) => {
    expect(covers(path)).toBe(false);
  },
);

it.each(['/', '/login', '/dashboard/fine-tuning/jobs', '/dashboard/settings'])('guards the page %s', (path) => {
  expect(covers(path)).toBe(true);
});

it('lets no page run a script without the nonce of its answer, nor eval in production', () => {
  const policy = contentSecurityPolicy('n0nce', false);
  const scripts = policy.split('; ').find((line) => line.startsWith('script-src'));
  expect(scripts).toBe("script-src 'self' 'nonce-n0nce' 'strict-dynamic'");
  expect(policy).toContain("frame-ancestors 'none'");
});
