import { z } from 'zod';

/** Part of all distinct examples. */
const share = z.number().min(0).max(0.5, 'At most half of the rows.');
export const splitSeed = z.number().int().min(0).max(2_147_483_647);

/** How the rows of a version are dealt out; `stratify` keeps the shares within each label. */
export const splitPlan = z.object({ validationShare: share, holdoutShare: share, stratify: z.boolean() });
