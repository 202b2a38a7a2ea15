import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { createShadowDatabase, prepareShadowDatabase } from './shadow-database.mjs';

/** Postgres' one-byte internal type "char" (pg_type.dat); catalog queries return it. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/** adapter-pg does not know "char": it is read as text and presented as a character column. */
async function queryRaw(adapter, original, query) {
  const chars = [];
  // What one call learns stays with that call: several may be under way on one adapter.
  const call = Object.create(adapter, {
    performIO: {
      value: async (io) => {
        const result = await adapter.performIO(io);
        result.fields?.forEach((field, column) => {
          if (field.dataTypeID !== CHAR_OID) return;
          chars.push(column);
          field.dataTypeID = TEXT_OID;
        });
        return result;
      },
    },
  });
  const result = await original.call(call, query);
  for (const column of chars) result.columnTypes[column] = ColumnTypeEnum.Character;
  return result;
}

/** Makes an adapter (or a transaction of one) fit for migrations. */
function adapt(adapter) {
  const { queryRaw: original, startTransaction } = adapter;
  adapter.queryRaw = (query) => queryRaw(adapter, original, query);
  if (startTransaction)
    adapter.startTransaction = async (...args) => adapt(await startTransaction.apply(adapter, args));
  if (adapter.executeScript) {
    // Whole, over the simple protocol: splitting at every semicolon breaks function bodies between dollar quotes.
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script);
      } catch (error) {
        adapter.onError(error);
      }
    };
  }
  return adapter;
}

/** Driver adapters for the engine: one connection per database, and a shadow database that never is the main one. */
export class MigrationAdapterFactory extends PrismaPg {
  /**
   * @param {import('./connection-url.mjs').Target} target
   * @param {string | undefined} shadowUrl a database to use as shadow, instead of making one for each call
   */
  constructor(target, shadowUrl) {
    super({ ...target.client, max: 1 }, { schema: target.schema });
    this.target = target;
    this.shadowUrl = shadowUrl;
  }

  async connect() {
    return adapt(await super.connect());
  }

  async connectToShadowDb() {
    const shadow = this.shadowUrl
      ? await prepareShadowDatabase(this.target, this.shadowUrl)
      : await createShadowDatabase(this.target);
    const adapter = await new MigrationAdapterFactory(shadow.target).connect();
    const disconnect = adapter.dispose.bind(adapter);
    adapter.dispose = async () => {
      await disconnect();
      await shadow.dispose();
    };
    return adapter;
  }
}
