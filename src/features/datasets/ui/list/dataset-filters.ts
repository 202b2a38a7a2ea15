import { createLoader, type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { datasetSorts, versionStatuses } from '../../dataset-words.rules';

/** What the list shows, as it stands in the address. Server and browser read it the same way. */
export const datasetFilters = {
  q: parseAsString.withDefault(''),
  status: parseAsStringLiteral(['all', ...versionStatuses]).withDefault('all'),
  sort: parseAsStringLiteral(datasetSorts).withDefault('newest'),
};

export const loadDatasetFilters = createLoader(datasetFilters);

const LIMIT = 50;

/** Both sides must ask with the same words, or the answer is fetched twice. */
export const datasetListQuery = ({ q, status, sort }: inferParserType<typeof datasetFilters>) => ({
  limit: LIMIT,
  sort,
  ...(q && { search: q }),
  ...(status !== 'all' && { status }),
});
