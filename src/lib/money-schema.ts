import { z } from 'zod';

/** Nano-dollars where they come in and go out. Apart from the figures: pages that only show money carry no schemas. */
export const moneySchema = z.bigint();
