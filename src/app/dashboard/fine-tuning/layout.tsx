import type { ReactNode } from 'react';
import { UploadsProvider } from '@/features/datasets';

/** Uploads belong to the section, not to a page: they go on while one looks at something else. */
export default function FineTuningLayout({ children }: { children: ReactNode }) {
  return <UploadsProvider>{children}</UploadsProvider>;
}
