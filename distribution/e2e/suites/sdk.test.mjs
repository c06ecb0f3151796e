// The official client libraries, in each era that they speak.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client, SSEClientTransport as SseTransport, StreamableHTTPClientTransport as HttpTransport } from '@modelcontextprotocol/client';
import { Client as ClientOne } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport as SseTransportOne } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport as HttpTransportOne } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { start } from '../lib/distribution.mjs';
import { countTables, sampleId } from '../lib/sample.mjs';

const ME = { name: 'symbolai-mcp-e2e', version: '1.0.0' };

const CASES = [
  { name: 'sdk 1.32.2 over Streamable HTTP', client: () => new ClientOne(ME), transport: HttpTransportOne, era: 'legacy' },
  { name: 'sdk 1.32.2 over SSE', client: () => new ClientOne(ME), transport: SseTransportOne, era: 'legacy' },
  { name: 'client 2.4.0, legacy', client: () => new Client(ME), transport: HttpTransport, era: 'legacy' },
  { name: 'client 2.4.0, auto', client: () => new Client(ME, negotiate('auto')), transport: HttpTransport, era: 'modern' },
  { name: 'client 2.4.0, pinned', client: () => new Client(ME, negotiate({ pin: '2026-07-28' })), transport: HttpTransport, era: 'modern' },
  { name: 'client 2.4.0 over SSE', client: () => new Client(ME), transport: SseTransport, era: 'legacy' }
];

function negotiate(mode) {
  return { versionNegotiation: { mode } };
}

describe('the TypeScript client libraries', () => {
  let server;

  before(async () => {
    server = await start();
    server.makeKey();
  });

  after(() => server?.stop());

  for (const path of ['/api/mcp/sse', '/api/mcp', '/mcp']) {
    for (const { name, client: make, transport: Transport, era } of CASES) {
      test(`${name} on ${path}`, { timeout: 30_000 }, async () => {
        const headers = { Authorization: `Bearer ${server.key}` };
        const transport = new Transport(new URL(server.origin + path), { requestInit: { headers } });
        const client = make();
        try {
          await client.connect(transport);

          const { tools } = await client.listTools();
          const databaseId = sampleId(await client.callTool({ name: 'd1_list_databases', arguments: {} }));
          const answer = await client.callTool({ name: 'd1_query', arguments: { databaseId, sql: countTables } });
          const { resourceTemplates } = await client.listResourceTemplates();
          const { prompts } = await client.listPrompts();

          assert.equal(client.getServerVersion()?.name, 'symbolai-mcp');
          assert.equal(client.getProtocolEra?.() ?? 'legacy', era);
          assert.ok(tools.length >= 5);
          assert.ok(resourceTemplates.length >= 2);
          assert.ok(prompts.length >= 1);
          assert.equal(answer.isError ?? false, false);
        } finally {
          await client.close();
        }
      });
    }
  }
});
