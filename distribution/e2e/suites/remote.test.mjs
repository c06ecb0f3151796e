// mcp-remote, as Claude Desktop starts it: a child that speaks MCP over its standard input and output.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { start, temporaryFolder } from '../lib/distribution.mjs';
import { countTables, sampleId } from '../lib/sample.mjs';

const require = createRequire(import.meta.url);

const CURRENT = ['http-only', 'sse-only', 'http-first', 'sse-first'].flatMap(transport =>
  ['legacy', 'auto'].map(protocol => ({ name: 'mcp-remote', args: ['--transport', transport, '--protocol', protocol] }))
);
const OLDER = ['http-first', 'sse-only'].map(transport => ({ name: 'mcp-remote-0.1', args: ['--transport', transport] }));

describe('mcp-remote with --header', () => {
  let server;

  before(async () => {
    server = await start();
    server.makeKey();
  });

  after(() => server?.stop());

  for (const { name, args } of [...CURRENT, ...OLDER]) {
    const { version } = require(`${name}/package.json`);
    test(`${version} ${args.join(' ')}`, { timeout: 60_000 }, async () => {
      const program = join(dirname(require.resolve(`${name}/package.json`)), 'dist/proxy.js');
      const transport = new StdioClientTransport({
        command: process.execPath,
        args: [program, server.url, ...args, '--header', 'Authorization:${AUTH_HEADER}'],
        env: { ...process.env, AUTH_HEADER: `Bearer ${server.key}`, MCP_REMOTE_CONFIG_DIR: temporaryFolder('mcp-remote') },
        stderr: 'pipe'
      });
      let said = '';
      transport.stderr?.on('data', chunk => (said += chunk));
      const client = new Client({ name: 'symbolai-mcp-e2e', version: '1.0.0' });
      try {
        await client.connect(transport);

        const { tools } = await client.listTools();
        const databaseId = sampleId(await client.callTool({ name: 'd1_list_databases', arguments: {} }));
        const answer = await client.callTool({ name: 'd1_query', arguments: { databaseId, sql: countTables } });

        assert.ok(tools.some(tool => tool.name === 'd1_query'));
        assert.ok(answer.structuredContent.rows.flat().some(value => Number(value.n ?? value) >= 5), JSON.stringify(answer));
      } catch (failure) {
        failure.message += `\n--- mcp-remote said\n${said.slice(-3000)}`;
        throw failure;
      } finally {
        await client.close();
      }
    });
  }
});
