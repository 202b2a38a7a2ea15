import type { Tone } from '@/components/ui/badge';
import { StatusBadge } from '@/components/ui/status-badge';
import { Table, Td, Th } from '@/components/ui/table';
import type { RouterOutputs } from '@/trpc/client';

type Parts = RouterOutputs['ops']['overview']['health']['parts'];
type Status = Parts[keyof Parts]['status'];

const TONES: Record<Status, Tone> = { ok: 'good', degraded: 'warn', down: 'bad', off: 'neutral' };

const NAMES: Record<keyof Parts, { name: string; what: string }> = {
  database: { name: 'Database', what: 'Everything that is true is kept there' },
  live: { name: 'Live updates', what: 'Wakes monitors when something happened' },
  durable: { name: 'Durable functions', what: 'Imports, jobs and maintenance' },
  storage: { name: 'Storage', what: 'Uploaded files' },
  trainer: { name: 'Built-in trainer', what: 'Trains and serves models at home' },
};

export function HealthTable({ parts }: { parts: Parts }) {
  return (
    <Table>
      <thead>
        <tr>
          <Th>Part</Th>
          <Th>State</Th>
          <Th numeric>Answered in</Th>
          <Th className="max-sm:hidden">What it says</Th>
        </tr>
      </thead>
      <tbody className="[&_tr:last-child_td]:border-b-0">
        {(Object.keys(NAMES) as (keyof Parts)[]).map((part) => (
          <tr key={part}>
            <Td>
              <span className="font-medium">{NAMES[part].name}</span>
              {TONES[parts[part].status] !== 'good' && parts[part].message !== undefined && (
                <span className="block break-words text-muted text-xs sm:hidden">{parts[part].message}</span>
              )}
            </Td>
            <Td>
              <StatusBadge tone={TONES[parts[part].status]}>{parts[part].status}</StatusBadge>
            </Td>
            <Td numeric>{parts[part].status === 'off' ? '–' : `${parts[part].ms} ms`}</Td>
            <Td className="text-muted max-sm:hidden">{parts[part].message ?? NAMES[part].what}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
