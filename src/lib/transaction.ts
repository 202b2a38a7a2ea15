declare const txBrand: unique symbol;

/** A running database transaction. Opaque: use cases pass it on, only platform/db looks inside. */
export interface Tx {
  readonly [txBrand]: true;
}

/** Runs `work` in one transaction: all of it happens, or none. No network call belongs inside. */
export type InTransaction = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
