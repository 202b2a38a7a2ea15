'use client';

import { ClipboardPaste } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useCallback, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import { ErrorPanel } from '@/components/ui/error-panel';
import { PageHeader } from '@/components/ui/page-header';
import { SearchInput } from '@/components/ui/search-input';
import { Select } from '@/components/ui/select';
import { useMay } from '@/trpc/use-may';
import { FolderButton } from '../upload/folder-button';
import { PageDrop } from '../upload/page-drop';
import { UploadButton } from '../upload/upload-button';
import { useAddUploads } from '../upload/uploads';
import { datasetColumns } from './dataset-columns';
import { NoDatasets } from './no-datasets';
import { useDatasetList } from './use-dataset-list';

const PasteDialog = dynamic(() => import('./paste-dialog').then((file) => file.PasteDialog), { ssr: false });

const statusOptions = [
  { value: 'all', label: 'Every state' },
  { value: 'ready', label: 'Ready' },
  { value: 'importing', label: 'Being checked' },
  { value: 'pending', label: 'Waiting' },
  { value: 'failed', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
] as const;

const sortOptions = [
  { value: 'newest', label: 'Newest first' },
  { value: 'name', label: 'By name' },
  { value: 'rows', label: 'Most rows first' },
] as const;

/** Every dataset of the workspace; files may be dropped anywhere on the page. */
export function DatasetList() {
  const { query, filters, setFilters, rows } = useDatasetList();
  const [pasting, setPasting] = useState(false);
  const writes = useMay('datasets:write');
  const addUploads = useAddUploads();
  const upload = useCallback((files: File[]) => addUploads(files), [addUploads]);
  const search = useCallback((text: string) => void setFilters({ q: text || null }), [setFilters]);
  const filtered = filters.q !== '' || filters.status !== 'all';
  return (
    <>
      <PageHeader
        title="Datasets"
        summary="Examples to learn from: a file comes in, every row is checked, versions never change."
        actions={
          writes && (
            <>
              <Button onClick={() => setPasting(true)}>
                <ClipboardPaste aria-hidden />
                Paste
              </Button>
              <FolderButton onFiles={upload} />
              <UploadButton variant="primary" multiple onFiles={upload}>
                Upload files
              </UploadButton>
            </>
          )
        }
      />
      <div className="mb-3 flex flex-wrap gap-2">
        <SearchInput value={filters.q} onChange={search} placeholder="Search datasets" />
        <Select
          aria-label="State"
          className="w-40"
          options={statusOptions}
          value={filters.status}
          onValueChange={(status) => void setFilters({ status })}
        />
        <Select
          aria-label="Order"
          className="w-40"
          options={sortOptions}
          value={filters.sort}
          onValueChange={(sort) => void setFilters({ sort })}
        />
      </div>
      {query.error && !rows ? (
        <ErrorPanel title="Datasets could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Card flush>
          <DataTable
            label="Datasets"
            columns={datasetColumns}
            rows={rows}
            rowId={(dataset) => dataset.id}
            rowHref={(dataset) => `/dashboard/fine-tuning/datasets/${dataset.id}`}
            sort={{ by: filters.sort, descending: filters.sort === 'rows' }}
            onSort={({ by }) => {
              const sort = sortOptions.find((option) => option.value === by)?.value;
              void setFilters({ sort: sort === filters.sort ? 'newest' : (sort ?? 'newest') });
            }}
            empty={
              <NoDatasets
                filtered={filtered}
                onClear={() => void setFilters({ q: null, status: null })}
                onFiles={upload}
                onPaste={() => setPasting(true)}
              />
            }
            more={{
              available: query.hasNextPage,
              pending: query.isFetchingNextPage,
              onMore: () => void query.fetchNextPage(),
            }}
          />
        </Card>
      )}
      {pasting && <PasteDialog open onOpenChange={setPasting} />}
      {writes && <PageDrop onFiles={upload}>Drop files or a folder: each file becomes a dataset</PageDrop>}
    </>
  );
}
