import type { Menu } from 'radix-ui/internal';
import { createContext } from 'react';

/**
 * What the entries of a menu are made of. Pages write entries; the pieces come with the list that shows them, and without
 * one there are none.
 */
export const MenuParts = createContext<Pick<typeof Menu, 'Item' | 'Separator' | 'Label'> | null>(null);
