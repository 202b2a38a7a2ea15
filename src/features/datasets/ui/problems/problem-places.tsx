import Link from 'next/link';
import { Table, Td, Th } from '@/components/ui/table';
import { formatCount } from '@/lib/format';
import type { Problem } from '../../dataset.schema';

/** Where it was found: line, place inside the row, what is wrong there, and the text itself. */
export function ProblemPlaces({ label, places }: { label: string; places: readonly Problem[] }) {
  return (
    <Table aria-label={`Places: ${label}`} className="table-fixed">
      <thead>
        <tr>
          <Th numeric className="w-20">
            Line
          </Th>
          <Th className="w-44 max-sm:hidden">Path</Th>
          <Th>What and where</Th>
        </tr>
      </thead>
      <tbody>
        {places.map((place, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one line may have the same problem twice, and the list never reorders
          <tr key={index} className="align-top last:[&>td]:border-b-0">
            <Td numeric className="py-2">
              <Line place={place} />
            </Td>
            <Td className="truncate py-2 font-mono text-muted text-xs max-sm:hidden" title={place.path ?? undefined}>
              {place.path ?? '–'}
            </Td>
            <Td className="min-w-0 py-2">
              <p className="break-words">{place.message}</p>
              {place.excerpt && (
                <code className="mt-1 block break-all rounded-sm bg-sunken px-1.5 py-0.5 font-mono text-muted text-xs">
                  {place.excerpt}
                </code>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** A row with an error was left out, so only kept rows can be opened. */
function Line({ place }: { place: Problem }) {
  if (place.line === null) return '–';
  if (place.severity === 'error') return formatCount(place.line);
  return (
    <Link
      href={`?tab=preview&line=${place.line}`}
      aria-label={`Show line ${place.line} in the preview`}
      className="text-accent hover:underline"
    >
      {formatCount(place.line)}
    </Link>
  );
}
