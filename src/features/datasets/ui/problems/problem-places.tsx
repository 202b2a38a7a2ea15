import Link from 'next/link';
import { Table, Td, Th } from '@/components/ui/table';
import { formatCount } from '@/lib/format';
import type { Problem } from '../../dataset.schema';
import { rowName, rowWord } from '../../left-out.rules';

/** What shows a row that was left out; null where its file, or its place there, cannot be looked into. */
export type OpenerOf = (place: Problem) => (() => void) | null;

/** Where it was found: line, place inside the row, what is wrong there, and the text itself. */
interface ProblemPlacesProps {
  label: string;
  places: readonly Problem[];
  /** Whether their lines are numbers of rows in a list. */
  numbered: boolean;
  openerOf: OpenerOf;
}

export function ProblemPlaces({ label, places, numbered, openerOf }: ProblemPlacesProps) {
  return (
    <Table aria-label={`Places: ${label}`} className="table-fixed">
      <thead>
        <tr>
          <Th numeric className="w-20">
            {rowWord(numbered || places.some(({ element }) => element !== null))}
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
              <Place place={place} numbered={numbered} openerOf={openerOf} />
            </Td>
            <Td className="truncate py-2 font-mono text-muted text-xs max-sm:hidden" title={place.path ?? undefined}>
              {place.path ?? '–'}
            </Td>
            <Td className="min-w-0 py-2">
              <p className="break-words">
                {place.message}
                {place.addedIn !== null && <Added line={place.line} version={place.addedIn} />}
              </p>
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

const LINK = 'text-accent hover:underline';

/** The row was left out here and is part of a newer version. */
const Added = ({ line, version }: { line: number | null; version: number }) => (
  <Link href={`?version=${version}&tab=preview&line=${line}`} className={`${LINK} ml-1.5 whitespace-nowrap`}>
    Set right and added in v{version}
  </Link>
);

/** A kept row is among the examples; one with an error was left out, and stands only in the file. */
function Place({ place, numbered, openerOf }: { place: Problem } & Pick<ProblemPlacesProps, 'numbered' | 'openerOf'>) {
  const { line, element, severity } = place;
  if (line === null) return '–';
  if (severity === 'error') {
    const open = openerOf(place);
    if (!open) return formatCount(element ?? line);
    return (
      <button
        type="button"
        aria-label={`Show ${rowName({ line, element }).toLowerCase()} of the file`}
        className={LINK}
        onClick={open}
      >
        {formatCount(element ?? line)}
      </button>
    );
  }
  return (
    <Link
      href={`?tab=preview&line=${line}`}
      aria-label={`Show ${rowWord(numbered).toLowerCase()} ${line} in the preview`}
      className={LINK}
    >
      {formatCount(line)}
    </Link>
  );
}
