/** Texts longer than this, all messages of an example together, are not cut up for the screen. */
export const CUT_CHARACTERS = 30_000;
