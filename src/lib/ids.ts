import { v7 } from 'uuid';
import { z } from 'zod';

/** UUIDv7: sortable by time, so a primary key is also the order of creation and the cursor of every list. */
export const newId = (): string => v7();

export const idSchema = z.uuid();
