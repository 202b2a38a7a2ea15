/** A version waits to be read. Data: `{ workspaceId, versionId }`. */
export const DATASET_UPLOADED = 'dataset/uploaded';

/** One run per attempt: a version that is started again raises its attempt first, so the engine takes the event as new. */
export const importEvent = (workspaceId: string, versionId: string, attempt: number) => ({
  id: `dataset-version-${versionId}-import-${attempt}`,
  name: DATASET_UPLOADED,
  data: { workspaceId, versionId },
});

/** A version waits to be made out of its parent. Data: `{ workspaceId, versionId }`. */
export const DATASET_CHANGED = 'dataset/changed';

export const changeEvent = (workspaceId: string, versionId: string, attempt: number) => ({
  id: `dataset-version-${versionId}-change-${attempt}`,
  name: DATASET_CHANGED,
  data: { workspaceId, versionId },
});

export const datasetTopic = (datasetId: string): string => `dataset:${datasetId}`;
export const datasetListTopic = (workspaceId: string): string => `workspace:${workspaceId}:datasets`;
