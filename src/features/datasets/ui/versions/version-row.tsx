'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { RelativeTime } from '@/components/ui/relative-time';
import { Td } from '@/components/ui/table';
import { toast } from '@/components/ui/toast';
import { formatCount } from '@/lib/format';
import { trpc } from '@/trpc/client';
import { useMay } from '@/trpc/use-may';
import type { DatasetDetail, VersionSummary } from '../../dataset.schema';
import { DatasetStatus } from '../dataset-status';
import { comparisonHref } from '../diff/compare-address';
import { scoreText, shortCount } from '../prepare-analysis';
import { formatLine } from '../prepare-format';
import { Descendants } from './descendants';
import { type Descendant, originOf, versionBefore } from './prepare-version';
import { VersionMenu } from './version-menu';

const WIDE = 'max-sm:hidden';

interface VersionRowProps {
  dataset: DatasetDetail;
  version: VersionSummary;
  /** The mean; undefined while it is not known, and for versions that have none. */
  score: number | undefined;
  descendants: readonly Descendant[];
}

export function VersionRow({ dataset, version, score, descendants }: VersionRowProps) {
  const ready = version.status === 'ready';
  const figure = (value: number) => (ready ? formatCount(value) : '–');
  return (
    <tr className="last:[&>td]:border-b-0 hover:bg-sunken">
      <Td className="font-medium max-sm:py-2">
        <span className="whitespace-nowrap">
          v{version.number}
          {version.id === dataset.version.id && ready && <span className="font-normal text-faint"> current</span>}
        </span>
        <Narrow version={version} score={score} />
      </Td>
      <Td className={WIDE}>
        <DatasetStatus status={version.status} />
      </Td>
      <Td className={cn('max-w-50 2xl:max-w-64', WIDE)}>
        <Origin version={version} />
      </Td>
      <Td numeric>{figure(version.rows)}</Td>
      <Td numeric className="max-lg:hidden">
        {ready ? <span title={formatCount(version.tokens)}>{shortCount(version.tokens)}</span> : '–'}
      </Td>
      <Td numeric className="max-lg:hidden">
        {score === undefined ? '–' : scoreText(score)}
      </Td>
      <Td numeric className="max-2xl:hidden">
        <span title={`${formatCount(version.problems)} rows left out, ${formatCount(version.warnings)} warnings`}>
          {formatCount(version.problems + version.warnings)}
        </span>
      </Td>
      <Td className="max-w-56 max-md:hidden">
        <Descendants of={descendants} number={version.number} />
      </Td>
      <Td className={cn('max-w-52 truncate text-muted', WIDE)}>
        {version.createdByLabel ?? 'Tuneloop'}, <RelativeTime date={version.createdAt} />
      </Td>
      <Td>
        <span className="flex items-center justify-end gap-1 whitespace-nowrap">
          {ready ? (
            <ReadyActions dataset={dataset} version={version} />
          ) : (
            <CheckAgain dataset={dataset} version={version} />
          )}
        </span>
      </Td>
    </tr>
  );
}

/** What the columns say that a narrow screen has no room for: without it all versions would look alike. */
function Narrow({ version, score }: Pick<VersionRowProps, 'version' | 'score'>) {
  const { what, about } = originOf(version);
  const ready = version.status === 'ready';
  const figures = [
    ready && `${shortCount(version.tokens)} tokens`,
    ready && score !== undefined && `score ${scoreText(score)}`,
  ].filter(Boolean);
  return (
    <span className="grid gap-0.5 font-normal text-muted sm:hidden">
      <span className="break-words">{about === '' ? what : `${what} · ${about}`}</span>
      {figures.length > 0 && <span>{figures.join(' · ')}</span>}
      <span>
        {version.createdByLabel ?? 'Tuneloop'}, <RelativeTime date={version.createdAt} />
      </span>
      {!ready && <DatasetStatus status={version.status} />}
    </span>
  );
}

function Origin({ version }: { version: VersionSummary }) {
  const { what, about } = originOf(version);
  const format = formatLine(version);
  const more = [format && `Read as ${format}`, version.sha256 && `SHA-256 of the file: ${version.sha256}`];
  return (
    <span className="block truncate" title={more.filter(Boolean).join('\n') || undefined}>
      {what}
      {about !== '' && <span className="text-muted">{` · ${about}`}</span>}
    </span>
  );
}

function ReadyActions({ dataset, version }: Pick<VersionRowProps, 'dataset' | 'version'>) {
  const before = versionBefore(dataset, version);
  return (
    <>
      {before && (
        <Button size="sm" variant="ghost" asChild className="max-xl:hidden">
          <Link href={comparisonHref({ from: before.number, to: version.number })}>Compare</Link>
        </Button>
      )}
      <Button size="sm" variant="ghost" asChild>
        <Link href={`?version=${version.number}`}>Look at it</Link>
      </Button>
      <VersionMenu dataset={dataset} version={version} />
    </>
  );
}

function CheckAgain({ dataset, version }: Pick<VersionRowProps, 'dataset' | 'version'>) {
  const utils = trpc.useUtils();
  const again = trpc.datasets.validate.useMutation({
    onSuccess: () => utils.datasets.invalidate(),
    onError: (error) => toast.error(error.message),
  });
  const writes = useMay('datasets:write');
  if (!writes || (version.status !== 'failed' && version.status !== 'cancelled')) return null;
  return (
    <Button
      size="sm"
      variant="ghost"
      pending={again.isPending}
      onClick={() => again.mutate({ datasetId: dataset.id, versionId: version.id })}
    >
      Check again
    </Button>
  );
}
