'use client';

import { CopyButton } from './copy-button';

/** By which a failure is found in the server's log. */
export const RequestId = ({ id }: { id: string }) => (
  <span className="flex items-center gap-1 text-faint text-sm">
    Request <code className="font-mono text-xs">{id.slice(0, 13)}</code>
    <CopyButton value={id} label="Copy request id" />
  </span>
);
