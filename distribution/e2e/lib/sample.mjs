// The sample database of every first start, as a client finds it.

export const databaseName = 'northwind-mini';
export const countTables = "SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";

/** The id of the sample database, from the structured result of `d1_list_databases`. */
export function sampleId(result) {
  const database = result.structuredContent?.databases?.find(each => each.name === databaseName);
  if (!database) {
    throw new Error(`there is no ${databaseName} in ${JSON.stringify(result)}`);
  }
  return database.uuid;
}
