import type { Crumb } from '@/components/layout/breadcrumbs';
import { places } from './places';

const ROOT = '/dashboard/fine-tuning';
const LEAVES: Record<string, string> = { new: 'New', compare: 'Compare', edit: 'Edit' };

/** Fine-tuning / Jobs / <name of the job>. `name` comes from the page; until it does, the place of an id says "…". */
export function crumbsOf(pathname: string, name: string | null): Crumb[] {
  const place = places.find(
    (one) => one.href !== ROOT && (pathname === one.href || pathname.startsWith(`${one.href}/`)),
  );
  if (!place) return [{ label: pathname === ROOT ? 'Overview' : 'Fine-tuning', href: ROOT }];
  const root = place.href.startsWith(ROOT) ? [{ label: 'Fine-tuning', href: ROOT }] : [];
  const [leaf] = pathname.slice(place.href.length).split('/').filter(Boolean);
  const last = leaf === undefined ? [] : [{ label: name ?? LEAVES[leaf] ?? '…' }];
  return [...root, { label: place.label, href: place.href }, ...last];
}
