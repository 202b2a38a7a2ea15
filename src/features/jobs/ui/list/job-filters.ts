import { createLoader, type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { jobSorts, jobStatuses } from '../../job-words.rules';

/** What the list shows, as it stands in the address. Server and browser read it the same way. */
export const jobFilters = {
  q: parseAsString.withDefault(''),
  status: parseAsStringLiteral(['all', 'active', ...jobStatuses]).withDefault('all'),
  sort: parseAsStringLiteral(jobSorts).withDefault('newest'),
};

export const loadJobFilters = createLoader(jobFilters);

const LIMIT = 50;

export const jobListQuery = ({ q, status, sort }: inferParserType<typeof jobFilters>) => ({
  limit: LIMIT,
  sort,
  ...(q && { search: q }),
  ...(status !== 'all' && { status }),
});
