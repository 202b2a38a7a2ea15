/** Everything but metrics, which are points of the chart. */
const toldTypes = ['status', 'message', 'checkpoint', 'money', 'warning'] as const;

// Server and browser must ask with the same words, or the answer is fetched twice.
export const metricsQuery = (id: string) => ({ id, max: 1000 });
export const eventsQuery = (id: string) => ({ id, types: [...toldTypes], limit: 200 });
