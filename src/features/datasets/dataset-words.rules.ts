// Words of datasets that pages need without the schemas: a list in the browser checks nothing.

export const versionStatuses = ['pending', 'importing', 'ready', 'failed', 'cancelled'] as const;

export const datasetSorts = ['newest', 'name', 'rows'] as const;
