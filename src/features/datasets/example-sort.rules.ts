/** As they stand in the file, by score, by tokens; rows with the same value come as they stand in the file. */
export const exampleSorts = ['file', 'worst', 'best', 'longest', 'shortest'] as const;
export type ExampleSort = (typeof exampleSorts)[number];

/** Sorts by a value; file order is none of them. */
export type ValueSort = Exclude<ExampleSort, 'file'>;

export const isByScore = (sort: ExampleSort): boolean => sort === 'worst' || sort === 'best';

/** Whether the smallest value comes first. */
export const isRising = (sort: ExampleSort): boolean => sort === 'worst' || sort === 'shortest';
