/** What can have become of a row. Moved: the same text on another side of the split. */
export const diffKinds = ['changed', 'added', 'removed', 'moved'] as const;
export type DiffKind = (typeof diffKinds)[number];
