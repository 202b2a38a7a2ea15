import { z } from 'zod';
import { storableText } from '@/lib/storable-text';
import { database } from '@/platform/db/database';
import { signalSets, versionAnalysis, versionContents } from '../../analysis.schema';

/** What is kept of a look at the rows. It is of one reading of the file: a version that is checked again has another. */
const kept = z.object({
  attempt: z.number(),
  rows: versionAnalysis.optional(),
  contents: versionContents.optional(),
  signals: signalSets.optional(),
});
type Kept = z.infer<typeof kept>;

const storable = (_key: string, value: unknown) => (typeof value === 'string' ? storableText(value) : value);

export interface Reading {
  id: string;
  attempt: number;
}

export const analysisRepository = {
  /** The caller has checked whose version it is. */
  find: async ({ id, attempt }: Reading): Promise<Partial<Pick<Kept, 'rows' | 'contents'>>> => {
    const row = await database().datasetVersion.findUnique({ where: { id }, select: { analysis: true } });
    const parsed = kept.safeParse(row?.analysis);
    return parsed.success && parsed.data.attempt === attempt ? parsed.data : {};
  },

  /** Kept beside what is there of the same reading. Nothing happens when the version was read again meanwhile. */
  save: async <K extends 'rows' | 'contents' | 'signals'>(
    { id, attempt }: Reading,
    name: K,
    value: NonNullable<Kept[K]>,
  ) => {
    await database().$executeRaw`
      UPDATE dataset_versions
      SET analysis = CASE WHEN (analysis->>'attempt')::int = ${attempt} THEN analysis
                          ELSE jsonb_build_object('attempt', ${attempt}::int) END
                     || jsonb_build_object(${name}::text, ${JSON.stringify(value, storable)}::jsonb)
      WHERE id = ${id}::uuid AND attempt = ${attempt} AND status = 'ready'`;
  },
};

export type AnalysisRepository = typeof analysisRepository;
