import { notFound } from 'next/navigation';

/** Addresses that no page has: answered inside the dashboard, so that the way back is in sight. */
export default function Missing(): never {
  notFound();
}
