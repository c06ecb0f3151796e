// `symbolai-mcp stdio` as a client starts it: alone, beside a running server, and twice at once.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as ClientOne } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioTransportOne } from '@modelcontextprotocol/sdk/client/stdio.js';
import { environment, launcher, start, temporaryFolder } from '../lib/distribution.mjs';
import { countTables, sampleId } from '../lib/sample.mjs';

const ME = { name: 'symbolai-mcp-e2e', version: '1.0.0' };

const CLIENTS = [
  { name: 'sdk 1.32.2', make: () => new ClientOne(ME), Transport: StdioTransportOne },
  { name: 'client 2.4.0, legacy', make: () => new Client(ME), Transport: StdioClientTransport },
  { name: 'client 2.4.0, auto', make: () => new Client(ME, { versionNegotiation: { mode: 'auto' } }), Transport: StdioClientTransport },
  {
    name: 'client 2.4.0, pinned',
    make: () => new Client(ME, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
    Transport: StdioClientTransport
  }
];

async function connect({ make, Transport }, data) {
  const transport = new Transport({ command: launcher(), args: ['stdio', '--data', data], env: environment, stderr: 'pipe' });
  let said = '';
  transport.stderr?.on('data', chunk => (said += chunk));
  const client = make();
  try {
    await client.connect(transport, { timeout: 40_000 });
  } catch (failure) {
    failure.message += `\n--- stdio said\n${said.slice(-3000)}`;
    throw failure;
  }
  return client;
}

async function useIt(client) {
  const { tools } = await client.listTools();
  const databaseId = sampleId(await client.callTool({ name: 'd1_list_databases', arguments: {} }));
  const answer = await client.callTool({ name: 'd1_query', arguments: { databaseId, sql: countTables } });
  assert.ok(tools.some(tool => tool.name === 'd1_query'));
  assert.equal(answer.isError ?? false, false);
  assert.ok(answer.structuredContent.rowCount === 1, JSON.stringify(answer));
}

describe('stdio alone', () => {
  for (const each of CLIENTS) {
    test(each.name, { timeout: 60_000 }, async () => {
      const client = await connect(each, temporaryFolder('stdio'));
      try {
        await useIt(client);
      } finally {
        await client.close();
      }
    });
  }

  test('two at once on one data folder', { timeout: 90_000 }, async () => {
    const data = temporaryFolder('stdio');
    const first = await connect(CLIENTS[0], data);
    const second = await connect(CLIENTS[1], data);
    try {
      await Promise.all([useIt(first), useIt(second)]);
    } finally {
      await first.close();
    }
    await second.close();
  });
});

describe('stdio beside a running server', () => {
  let server;

  before(async () => {
    server = await start();
  });

  after(() => server?.stop());

  for (const each of CLIENTS) {
    test(each.name, { timeout: 60_000 }, async () => {
      const client = await connect(each, server.data);
      try {
        await useIt(client);
      } finally {
        await client.close();
      }
    });
  }
});
