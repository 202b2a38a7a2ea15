import { randomUUID } from 'node:crypto';

/** An id for a row that a test writes by itself: see features/datasets/server/example-id.ts. */
export function newExampleId(ordinal: number): string {
  const place = ordinal.toString(16).padStart(12, '0');
  return `${place.slice(0, 8)}-${place.slice(8)}-8${randomUUID().slice(15)}`;
}
