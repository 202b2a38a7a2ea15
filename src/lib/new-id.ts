import { v7 } from 'uuid';

/** UUIDv7: sortable by time, so a primary key is also the order of creation and the cursor of every list. */
export const newId = (): string => v7();
