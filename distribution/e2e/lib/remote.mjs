// mcp-remote, as MCP clients start it, with what it says on the way.

import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const require = createRequire(import.meta.url);
const ANSWER = { timeout: 90_000 };

/** The version that is installed under a name. */
export function version(name) {
  return require(`${name}/package.json`).version;
}

/** One run of mcp-remote. */
export class Remote {
  /**
   * @param name the package
   * @param url the server
   * @param folder where it keeps what it learns; the same one again is the same user on the same machine
   * @param args more arguments
   * @param env more environment
   */
  constructor(name, url, folder, args = [], env = {}) {
    this.said = '';
    this.transport = new StdioClientTransport({
      command: process.execPath,
      args: [join(dirname(require.resolve(`${name}/package.json`)), 'dist/proxy.js'), url, ...args],
      // What would open a browser by itself does nothing.
      env: { ...process.env, ...env, MCP_REMOTE_CONFIG_DIR: folder, BROWSER: 'true', DISPLAY: '' },
      stderr: 'pipe'
    });
    this.transport.stderr?.on('data', chunk => (this.said += chunk));
    this.client = new Client({ name: 'symbolai-mcp-e2e', version: '1.0.0' });
  }

  /** Begins to connect; the promise is kept when the server has answered. */
  begin() {
    this.connected = this.client.connect(this.transport, ANSWER);
    this.connected.catch(() => {});
    return this;
  }

  /** Waits until it has said what matches; gives the match. */
  async saying(pattern, timeout = 30_000) {
    const deadline = Date.now() + timeout;
    for (;;) {
      const found = pattern.exec(this.said);
      if (found) {
        return found;
      }
      if (Date.now() > deadline) {
        throw new Error(`mcp-remote did not say ${pattern} but\n${this.said.slice(-3000)}`);
      }
      await new Promise(done => setTimeout(done, 20));
    }
  }

  /** The address that it wants a browser to open. */
  async address() {
    return (await this.saying(/visiting:\s+(https?:\/\/\S+)/))[1];
  }

  /** Does something with the client, and ends it whatever comes of that. */
  async with(work) {
    try {
      return await work(this.client);
    } catch (failure) {
      failure.message += `\n--- mcp-remote said\n${this.said.slice(-3000)}`;
      throw failure;
    } finally {
      await this.close();
    }
  }

  close() {
    return this.client.close();
  }
}
