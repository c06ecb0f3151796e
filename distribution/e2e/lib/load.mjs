// Callers that call again and again, and remember what was acknowledged.

import { hash } from './audit.mjs';
import { Modern } from './rpc.mjs';
import { sampleId } from './sample.mjs';

/** The arguments of a query that no other call makes, and whose answer carries the mark. */
export function marked(databaseId, mark) {
  return { databaseId, sql: `SELECT '${mark}' AS mark` };
}

/** Calls from many sides until the server is gone; gives the hash of the arguments of every call that was answered. */
export async function callUntilGone(server, name, callers) {
  const client = new Modern(server.url, { key: server.key });
  const databaseId = sampleId(await client.call('d1_list_databases'));
  const acknowledged = [];
  const one = async caller => {
    for (let i = 0; ; i++) {
      const args = marked(databaseId, `${name}-${caller}-${i}`);
      try {
        const result = await client.call('d1_query', args);
        if (result.isError) {
          throw new Error(JSON.stringify(result));
        }
        acknowledged.push(hash(args));
      } catch (failure) {
        if (failure.status !== undefined || !(failure instanceof TypeError)) {
          // An answer that is an error; a lost connection is a TypeError of fetch.
          if (server.process.signalCode === null && !server.killed) {
            throw failure;
          }
        }
        return;
      }
    }
  };
  const all = Promise.all(Array.from({ length: callers }, (_, caller) => one(caller)));
  return { acknowledged, all };
}
