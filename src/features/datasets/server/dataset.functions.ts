import { cron, type InngestFunction } from 'inngest';
import { z } from 'zod';
import { inngest } from '@/platform/inngest/client';
import { DATASET_CHANGED, DATASET_UPLOADED } from './dataset.events';
import type { DatasetService } from './dataset.service';

const ofVersion = z.object({ workspaceId: z.uuid(), versionId: z.uuid() });

/** Reading uploaded files, and the net below it. */
export const createDatasetFunctions = (datasets: DatasetService): InngestFunction.Like[] => [
  inngest().createFunction(
    {
      id: 'ingest-dataset',
      name: 'Check and store a dataset',
      triggers: [{ event: DATASET_UPLOADED }],
      retries: 4,
      onFailure: async ({ event, step }) => {
        const { workspaceId, versionId } = ofVersion.parse(event.data.event.data);
        const message = explain(event.data.error, versionId, 'import');
        await step.run('mark-version-failed', () => datasets.failImport(workspaceId, versionId, message));
      },
    },
    async ({ event, step }) => {
      const { workspaceId, versionId } = ofVersion.parse(event.data);
      return step.run('read-file', () => datasets.runImport(workspaceId, versionId));
    },
  ),
  inngest().createFunction(
    {
      id: 'change-dataset',
      name: 'Make a new version out of many rows',
      triggers: [{ event: DATASET_CHANGED }],
      retries: 4,
      onFailure: async ({ event, step }) => {
        const { workspaceId, versionId } = ofVersion.parse(event.data.event.data);
        const message = explain(event.data.error, versionId, 'change');
        await step.run('mark-version-failed', () => datasets.failImport(workspaceId, versionId, message));
      },
    },
    async ({ event, step }) => {
      const { workspaceId, versionId } = ofVersion.parse(event.data);
      return step.run('change-rows', () => datasets.runChange(workspaceId, versionId));
    },
  ),
  inngest().createFunction(
    { id: 'reconcile-imports', name: 'Restart imports that fell silent', triggers: [cron('* * * * *')], retries: 0 },
    async ({ step }) => step.run('restart-silent-imports', () => datasets.reconcileImports()),
  ),
];

/** Our own errors are written to be shown; any other stays in the log. */
function explain(
  error: { name?: string; message?: string } | undefined,
  versionId: string,
  what: 'import' | 'change',
): string {
  if (error?.name === 'AppError' && error.message) return error.message;
  const [kept, again] =
    what === 'import' ? ['nothing of this file was kept', 'Check the file'] : ['no row was changed', 'Make the change'];
  return `The ${what} broke off several times because of a fault on our side, so ${kept}. ${again} again in a few minutes; if it stays, look for version ${versionId} in the server log.`;
}
