/** An empty field means "left out", which a schema tells apart from an empty text. */
export const blankIsNothing = (text: unknown): unknown => (text === '' ? undefined : text);
