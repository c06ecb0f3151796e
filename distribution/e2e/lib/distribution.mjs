// Unpacks the distribution and starts its server on a free port, in a data folder of its own.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
export const fixtureZip = join(root, 'core/testkit/target/symbolai-mcp-conformance.zip');

const zip = join(root, 'distribution/target/symbolai-mcp.zip');
const folders = [];
const running = new Set();

// A test that breaks must not leave servers behind, or the process would wait for them.
after(() => running.forEach(server => server.process.kill('SIGKILL')));

process.on('exit', () => {
  running.forEach(server => server.process.kill('SIGKILL'));
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A folder that is gone when the tests are. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `symbolai-mcp-${name}-`));
  folders.push(folder);
  return folder;
}

// Servers choose their Java by themselves, as they do for users; the build's is only for the tests' own tools.
export const { JAVA_HOME: jdk, ...environment } = process.env;

/** Makes or unpacks zips. */
export function jar(args, options) {
  return execFileSync(join(jdk, 'bin/jar'), args, options);
}

let unpacked;

/** The folder of the unpacked zip; unpacked once for each process. */
export function distribution() {
  if (!unpacked) {
    const folder = temporaryFolder('dist');
    try {
      execFileSync('unzip', ['-q', zip, '-d', folder]);
    } catch (failure) {
      if (failure.code !== 'ENOENT') {
        throw failure;
      }
      // The JDK's own tool forgets which files can be executed.
      jar(['xf', zip], { cwd: folder });
      chmodSync(join(folder, 'symbolai-mcp/bin/symbolai-mcp'), 0o755);
    }
    unpacked = join(folder, 'symbolai-mcp');
  }
  return unpacked;
}

/** The launcher of the unpacked distribution. */
export function launcher() {
  return join(distribution(), 'bin/symbolai-mcp');
}

/** A port that was free just now. */
export async function freePort() {
  const server = createServer();
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise(done => server.close(done));
  return port;
}

/** Runs a command of the distribution to its end and gives what it wrote to standard output. */
export function command(data, args, input = '') {
  return execFileSync(launcher(), [...args, '--data', data], { encoding: 'utf8', env: environment, input, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** A folder of plugins: those of the distribution, and any others. */
export function pluginFolder(...others) {
  const folder = temporaryFolder('plugins');
  for (const file of readdirSync(join(distribution(), 'plugins'))) {
    cpSync(join(distribution(), 'plugins', file), join(folder, file));
  }
  for (const file of others) {
    cpSync(file, join(folder, file.replace(/.*\//, '')));
  }
  return folder;
}

/** Suites make more calls in a minute than people do. */
const NO_LIMIT = ['--set', 'limits.callsPerMinute=0'];

/**
 * Starts a server and waits until it is ready.
 *
 * @param options `auth` none or keys, `data` and `plugins` folders, more `args`, more `env`, a `wrapper` command to start it with
 */
export async function start(options = {}) {
  const data = options.data ?? temporaryFolder('data');
  const plugins = options.plugins ?? join(distribution(), 'plugins');
  const args = ['start', '--port', String(options.port ?? 0), '--data', data, '--plugins', plugins, ...NO_LIMIT, ...(options.args ?? [])];
  if (options.auth === 'none') {
    args.push('--auth', 'none');
  }
  const line = [...(options.wrapper ?? []), launcher(), ...args];
  const began = performance.now();
  const child = spawn(line[0], line.slice(1), { env: { ...environment, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const server = new Server(child, data, plugins);
  running.add(server);
  await server.untilReady(options.timeout ?? 60_000);
  server.readyMillis = Math.round(performance.now() - began);
  return server;
}

class Server {
  constructor(child, data, plugins) {
    this.process = child;
    this.data = data;
    this.plugins = plugins;
    this.output = '';
    this.errors = '';
    child.stdout.setEncoding('utf8').on('data', text => (this.output += text));
    child.stderr.setEncoding('utf8').on('data', text => (this.errors += text));
    this.ended = new Promise(done =>
      child.on('close', (code, signal) => {
        running.delete(this);
        done({ code, signal });
      })
    );
  }

  /** What it said, for the message of a failure. */
  said() {
    return `\n--- stdout\n${this.output}\n--- stderr\n${this.errors.slice(-4000)}`;
  }

  async untilReady(timeout) {
    const deadline = Date.now() + timeout;
    for (;;) {
      if (this.process.exitCode !== null || this.process.signalCode !== null) {
        throw new Error(`the server ended with ${this.process.exitCode ?? this.process.signalCode}${this.said()}`);
      }
      if (Date.now() > deadline) {
        throw new Error(`the server was not ready after ${timeout} ms${this.said()}`);
      }
      const found = /http:\/\/(?:127\.0\.0\.1|localhost):(\d+)/.exec(this.output + this.errors);
      if (found && (await this.isReady(Number(found[1])))) {
        return;
      }
      await new Promise(done => setTimeout(done, 10));
    }
  }

  async isReady(port) {
    this.port = port;
    this.origin = `http://localhost:${port}`;
    this.url = `${this.origin}/api/mcp/sse`;
    try {
      return (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200;
    } catch {
      return false;
    }
  }

  /** Waits until it has written what matches to standard output, and gives the match. */
  async saying(pattern) {
    for (;;) {
      const found = pattern.exec(this.output);
      if (found || this.process.exitCode !== null) {
        return found ?? assert.fail(`${pattern} was not said${this.said()}`);
      }
      await new Promise(done => this.process.stdout.once('data', done));
    }
  }

  /** Makes a user and a key over the control socket, and gives the key. */
  makeKey(user = 'admin', label = 'e2e') {
    command(this.data, ['user', 'create', '--name', user, '--role', 'admin', '--password-stdin'], 'correct horse battery staple\n');
    this.key = command(this.data, ['key', 'create', '--user', user, '--name', label]).trim();
    return this.key;
  }

  /** Ends it as an operator would. */
  async stop(timeout = 40_000) {
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), timeout);
    const end = await this.ended;
    clearTimeout(timer);
    return end;
  }

  /** Ends it as a crash would. */
  async crash() {
    this.process.kill('SIGKILL');
    return this.ended;
  }
}

