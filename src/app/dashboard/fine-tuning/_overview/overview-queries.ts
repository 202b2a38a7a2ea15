/** Server and browser must ask with the same words, or the answer is fetched twice. Counts stop at "50+". */
export const LISTED = 50;
export const listInput = { limit: LISTED } as const;
export const auditInput = { limit: 8 } as const;
