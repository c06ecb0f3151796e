// Callers that call again and again, and remember what was acknowledged.

import { hash } from './audit.mjs';
import { Modern, RpcError } from './rpc.mjs';
import { sampleId } from './sample.mjs';

/** The arguments of a query that no other call makes, and whose answer carries the mark. */
export function marked(databaseId, mark) {
  return { databaseId, sql: `SELECT '${mark}' AS mark` };
}

/**
 * Calls from many sides until the server is gone.
 *
 * @param enough runs once, when so many calls were answered
 * @returns the hash of the arguments of every call that was answered
 */
export async function callUntilGone(server, name, callers, count, enough) {
  const client = new Modern(server.url, { key: server.key });
  const databaseId = sampleId(await client.call('d1_list_databases'));
  const acknowledged = [];
  const one = async caller => {
    for (let i = 0; ; i++) {
      const args = marked(databaseId, `${name}-${caller}-${i}`);
      let result;
      try {
        result = await client.call('d1_query', args);
      } catch (failure) {
        if (failure instanceof RpcError && failure.code !== undefined) {
          throw failure;
        }
        // The connection is gone, and so is the server.
        return;
      }
      if (result.isError) {
        throw new Error(JSON.stringify(result));
      }
      acknowledged.push(hash(args));
      if (acknowledged.length === count) {
        enough();
      }
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => one(caller)));
  return acknowledged;
}
