/** Aborted when the person at the terminal wants to stop; a start that is still under way ends at its next step. */
export const halt = new AbortController();
