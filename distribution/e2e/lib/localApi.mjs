// Starts a server with Cloudflare's API in front of its embedded account.

import Cloudflare from 'cloudflare';
import { start } from './distribution.mjs';

export const token = 'local-api-token-of-the-tests';

/** The server, with `api` (where the API is) and `account` (the id of the embedded account). */
export async function startLocalApi(options = {}) {
  const server = await start({
    ...options,
    args: ['--local-api', '0', ...(options.args ?? [])],
    env: { SYMBOLAI_MCP_LOCAL_API_TOKEN: token, ...options.env }
  });
  const [, api, account] = await server.saying(/local API (\S+) for account ([0-9a-f]{32})/);
  return Object.assign(server, { api, account });
}

/** Cloudflare's own client, which tries nothing twice. */
export function cloudflare(server, apiToken = token) {
  return new Cloudflare({ apiToken, baseURL: server.api, maxRetries: 0 });
}

/** All items of a list that comes in pages. */
export async function all(pages) {
  const items = [];
  for await (const item of pages) {
    items.push(item);
  }
  return items;
}
