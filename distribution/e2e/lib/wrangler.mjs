// Runs Cloudflare's own command-line tool against a server's local API.

import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, root, temporaryFolder } from './distribution.mjs';

const program = join(root, 'distribution/e2e/node_modules/wrangler/bin/wrangler.js');

export class Wrangler {
  constructor(api, token, account) {
    this.folder = temporaryFolder('wrangler');
    this.home = temporaryFolder('wrangler-home');
    this.variables = {
      CLOUDFLARE_API_BASE_URL: api,
      CLOUDFLARE_API_TOKEN: token,
      CLOUDFLARE_ACCOUNT_ID: account,
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_LOG_PATH: join(this.home, 'logs'),
      XDG_CONFIG_HOME: this.home,
      HOME: this.home,
      NO_COLOR: '1',
      CI: '1'
    };
  }

  /** Writes a file of the project that commands run in. */
  write(name, content) {
    const file = join(this.folder, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** Runs a command to its end: its exit code and what it wrote. */
  try(...args) {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: this.folder,
      env: { ...environment, ...this.variables },
      stdio: ['ignore', 'pipe', 'pipe']
    });
    const output = { out: [], all: [] };
    child.stdout.on('data', bytes => output.out.push(bytes) && output.all.push(bytes));
    child.stderr.on('data', bytes => output.all.push(bytes));
    return new Promise(done =>
      child.on('close', code => done({ code, bytes: Buffer.concat(output.out), text: Buffer.concat(output.all).toString() }))
    );
  }

  /** Runs a command that must succeed, and gives its standard output. */
  async run(...args) {
    const { code, bytes, text } = await this.try(...args);
    if (code !== 0) {
      throw new Error(`wrangler ${args.join(' ')} ended with ${code}:\n${text}`);
    }
    return bytes.toString();
  }

  /** The JSON that a command wrote, after whatever else it had to say. */
  async json(...args) {
    const text = await this.run(...args);
    const begin = text.search(/^[[{]/m);
    if (begin < 0) {
      throw new Error(`wrangler ${args.join(' ')} wrote no JSON:\n${text}`);
    }
    return JSON.parse(text.slice(begin));
  }
}
