/** Server and browser must ask with the same words, or the answer is fetched twice. */
export const activeJobsInput = { status: 'active', limit: 20 } as const;
