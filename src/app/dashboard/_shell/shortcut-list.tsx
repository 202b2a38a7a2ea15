'use client';

import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { places } from './places';

const general = [
  { keys: ['⌘', 'K'], what: 'Search pages, datasets, jobs, models, agents and actions' },
  { keys: ['?'], what: 'This list' },
  { keys: ['Esc'], what: 'Close what is open' },
];

export function ShortcutList({ onClose }: { onClose: () => void }) {
  const rows = [...general, ...places.map((place) => ({ keys: ['g', place.key], what: `Go to ${place.label}` }))];
  return (
    <Dialog title="Keyboard shortcuts" size="sm" open onOpenChange={(open) => !open && onClose()}>
      <dl className="divide-y">
        {rows.map(({ keys, what }) => (
          <div key={what} className="flex h-9 items-center justify-between gap-4">
            <dt className="text-muted">{what}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
