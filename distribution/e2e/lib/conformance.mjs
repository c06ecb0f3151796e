// Runs the conformance suite and judges what it wrote, more strictly than its exit code does.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { freePort, temporaryFolder } from './distribution.mjs';

const require = createRequire(import.meta.url);
const cli = join(dirname(require.resolve('@modelcontextprotocol/conformance/package.json')), 'dist/index.js');

const SCHEMA_CHECK = 'wire-schema-valid';

/** Everything that may be skipped or left unexercised, with the reason. */
const ALLOWED = {
  'tasks-status-notifications': 'the suite itself skips it always, until it listens where notifications/tasks are sent',
  'sep-2640-skills-directory': 'the skills extension is not declared',
  'sep-2640-skills-enumeration': 'the skills extension is not declared',
  'sep-2640-skills-manifest': 'the skills extension is not declared'
};

/** Runs one selection of scenarios; gives the counts, and a line for everything that is not as it should be. */
export async function run(url, selection) {
  const output = temporaryFolder('conformance');
  const { code, text } = await execute(['server', '--url', url, ...selection, '-o', output]);
  const problems = [];
  if (code !== 0) {
    problems.push(`exit code ${code}`);
  }
  const expected = Number(/\((\d+) scenarios\)/.exec(text)?.[1] ?? 0);
  const scenarios = readdirSync(output);
  if (expected === 0 || scenarios.length !== expected) {
    problems.push(`${scenarios.length} of ${expected} scenarios left a report`);
  }
  const counts = { scenarios: scenarios.length, passed: 0, failed: 0, warnings: 0, skipped: 0, allowed: 0 };
  for (const folder of scenarios.sort()) {
    judge(folder.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, ''), join(output, folder, 'checks.json'), counts, problems);
  }
  return { counts, problems, text };
}

/** Runs the part about authorization servers; what it wants to be opened in a browser is opened by `visit`. */
export async function authorization(url, visit) {
  const output = temporaryFolder('conformance');
  const port = await freePort();
  const problems = [];
  let opened = 0;
  const client = await register(url, `http://127.0.0.1:${port}/callback`);
  const { code, text } = await execute(['authorization', '--url', url, '--client-id', client, '-p', String(port), '-o', output], so => {
    const addresses = [...so.matchAll(/(https?:\/\/\S+response_type=code\S*)/g)];
    for (const [address] of addresses.slice(opened)) {
      opened++;
      visit(address).catch(failure => problems.push(`the browser: ${failure.message}`));
    }
  });
  if (code !== 0) {
    problems.push(`exit code ${code}`);
  }
  const counts = { scenarios: 0, passed: 0, failed: 0, warnings: 0, skipped: 0, allowed: 0 };
  for (const folder of readdirSync(output).sort()) {
    counts.scenarios++;
    judge(folder, join(output, folder, 'checks.json'), counts, problems);
  }
  return { counts, problems, text };
}

/** The suite wants to be registered already. */
async function register(url, back) {
  const { registration_endpoint: endpoint } = await (await fetch(`${url}/.well-known/oauth-authorization-server`)).json();
  const body = JSON.stringify({ client_name: 'conformance', redirect_uris: [back], token_endpoint_auth_method: 'none' });
  const answer = await fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return (await answer.json()).client_id;
}

function judge(scenario, file, counts, problems) {
  const checks = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const allowed = ALLOWED[scenario] !== undefined;
  for (const check of checks) {
    if (check.status === 'SUCCESS') {
      counts.passed++;
    } else if (check.status === 'FAILURE') {
      counts.failed++;
      problems.push(`${scenario}: FAILURE ${describe(check)}`);
    } else if (check.status === 'WARNING') {
      counts.warnings++;
      problems.push(`${scenario}: WARNING ${describe(check)}`);
    } else if (check.status === 'SKIPPED' && allowed) {
      counts.allowed++;
    } else if (check.status === 'SKIPPED') {
      counts.skipped++;
      problems.push(`${scenario}: SKIPPED ${describe(check)}`);
    }
  }
  if (!allowed && !checks.some(check => check.status === 'SUCCESS' && check.id !== SCHEMA_CHECK)) {
    problems.push(`${scenario}: nothing but ${SCHEMA_CHECK} passed, so it was not exercised`);
  }
}

function describe(check) {
  return `${check.id}: ${check.errorMessage ?? check.description} ${check.details ? JSON.stringify(check.details).slice(0, 1500) : ''}`;
}

function execute(args, hear = () => {}) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', chunk => hear((text += chunk)));
    child.stderr.setEncoding('utf8').on('data', chunk => (text += chunk));
    child.on('error', fail);
    child.on('close', code => done({ code, text }));
  });
}
