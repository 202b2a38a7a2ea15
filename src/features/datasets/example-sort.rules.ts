/** As they stand in the file, by score, by tokens; rows with the same value come as they stand in the file. */
export const exampleSorts = ['file', 'worst', 'best', 'longest', 'shortest'] as const;
export type ExampleSort = (typeof exampleSorts)[number];
