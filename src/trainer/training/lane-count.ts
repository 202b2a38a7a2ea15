/** Gradients are always computed in this many lanes, whatever the number of threads, so that sums round the same way. */
export const LANES = 2;
