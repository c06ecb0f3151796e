// Signing in with a real browser: the setup link, pages of other sites, and names that are markup.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, picture } from '../lib/browser.mjs';
import { start } from '../lib/distribution.mjs';

const PASSWORD = 'seven small stones';
const MARKUP = [
  '<script>ran()</script>',
  '"><script>ran()</script>',
  "'><img src=x onerror=ran()>",
  '"><svg/onload=ran()>',
  '" autofocus onfocus="ran()',
  '" onmouseover="ran()" style="position:fixed;inset:0',
  '</title><script>ran()</script>',
  '</main><iframe srcdoc="<script>parent.ran()</script>">',
  '<a href="javascript:ran()">x</a>',
  'javascript:ran()',
  '<math><mi xlink:href="data:x,<script>ran()</script>">',
  '<base href="http://127.0.0.1:1/">',
  '<meta http-equiv="refresh" content="0;url=javascript:ran()">',
  '<form action="http://127.0.0.1:1/"><input name=password>',
  '&lt;script&gt;ran()&lt;/script&gt;',
  '{{constructor.constructor("ran()")()}}',
  '${ran()}',
  '\u003cscript\u003eran()\u003c/script\u003e',
  '<scr\u0000ipt>ran()</scr\u0000ipt>',
  '\u202e<script>ran()</script>'
];

let server;
let browser;
let elsewhere;
let attacker;

before(async () => {
  server = await start({ args: ['--first-run'] });
  browser = await launch();
  elsewhere = createServer(answerElsewhere);
  await new Promise(done => elsewhere.listen(0, '127.0.0.1', done));
  attacker = `http://127.0.0.1:${elsewhere.address().port}/`;
});

after(async () => {
  elsewhere?.close();
  await server?.stop();
});

/** A page that sends a form to the address in its query as soon as it is opened. */
function answerElsewhere(request, response) {
  const action = new URL(request.url, 'http://x').searchParams.get('action');
  const form = `<form method="post" action="${action}"><input name="name" value="admin"><input name="password" value="x"><input name="everywhere" value="yes"></form>`;
  const page = action ? `${form}<script>document.forms[0].submit()</script>` : '';
  response.writeHead(200, { 'Content-Type': 'text/html', Connection: 'close' }).end(`<!doctype html><title>elsewhere</title><body>${page}`);
}

/** A page that notes what the browser holds against it. */
async function newPage(context) {
  const page = await context.newPage();
  page.complaints = [];
  page.on('console', message => message.type() === 'error' && page.complaints.push(message.text()));
  page.on('pageerror', error => page.complaints.push(String(error)));
  await page.exposeFunction('ran', () => page.complaints.push('a script ran'));
  return page;
}

async function signIn(page) {
  await page.goto(`http://127.0.0.1:${server.port}/sign-in`);
  await page.getByLabel('Name').fill('admin');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Signed in as admin' }).waitFor();
}

test('the setup link of the first start sets a password once', { timeout: 120_000 }, async () => {
  const [link] = await server.saying(/http:\S+\/setup#token=\w+/);
  const file = join(server.data, 'secrets/setup-token');
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const page = await newPage(await browser.newContext());

  await page.goto(link);
  assert.equal(new URL(page.url()).hash, '', 'the token is gone from the address');
  await picture(page, 'setup');
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('The same again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByRole('heading', { name: 'Signed in as admin' }).waitFor();
  await picture(page, 'account');

  assert.equal(existsSync(file), false);
  assert.deepEqual(page.complaints, []);
  await page.goto('about:blank');
  await page.goto(link);
  await page.getByLabel('New password').fill(`${PASSWORD} again`);
  await page.getByLabel('The same again').fill(`${PASSWORD} again`);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('This link is not good').waitFor();
});

test('row 9: pages of another port change nothing for somebody who is signed in', { timeout: 120_000 }, async () => {
  const context = await browser.newContext();
  const page = await newPage(context);
  await signIn(page);
  const cookies = await context.cookies();
  const target = `http://127.0.0.1:${server.port}`;

  for (const path of ['/sign-in', '/sign-out', '/password', '/step-up', '/setup', '/approvals/none', '/oauth/authorize', '/device']) {
    const evil = await context.newPage();
    const answered = evil.waitForResponse(response => response.url() === target + path && response.request().method() === 'POST', { timeout: 20_000 });
    await evil.goto(`${attacker}?action=${encodeURIComponent(target + path)}`, { waitUntil: 'commit' });
    assert.equal((await answered).status(), 403, path);
  }

  const evil = await context.newPage();
  await evil.goto(attacker);
  for (const path of ['auth/sign-in', 'auth/sign-out', 'auth/sign-ins/end', 'users/create', 'users/set-role', 'users/remove', 'keys/create', 'keys/revoke']) {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json']) {
      const outcome = await evil.evaluate(
        ([address, contentType]) =>
          fetch(address, { method: 'POST', credentials: 'include', headers: { 'Content-Type': contentType }, body: '{"name":"mallory","role":"admin","label":"x"}' }).then(
            response => response.status,
            () => 'refused by the browser'
          ),
        [`${target}/api/mcp/${path}`, type]
      );
      assert.equal(outcome, 'refused by the browser', `${path} as ${type}`);
    }
  }

  await page.reload();
  await page.getByRole('heading', { name: 'Signed in as admin' }).waitFor();
  assert.deepEqual(await context.cookies(), cookies);
  const users = await (await context.request.get(`${target}/api/mcp/users/list`)).json();
  assert.deepEqual(users.users.map(user => user.name), ['admin']);
});

test('row 11: names that are markup stay text', { timeout: 180_000 }, async () => {
  const page = await newPage(await browser.newContext());
  for (const name of MARKUP) {
    await page.goto(`http://127.0.0.1:${server.port}/sign-in?next=${encodeURIComponent(name)}`);
    await page.getByLabel('Name').evaluate((field, value) => (field.value = value), name);
    await page.getByLabel('Password').fill('whatever it is');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
  }

  const complaints = page.complaints.filter(text => !/status of (403|429)/.test(text));
  assert.deepEqual(complaints, []);
});

test('the pages work without scripts', { timeout: 120_000 }, async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();

  // The tries of the test before count for this address: it waits until the server lets it in.
  for (;;) {
    await page.goto(`http://127.0.0.1:${server.port}/sign-in`);
    await page.getByLabel('Name').fill('admin');
    await page.getByLabel('Password').fill(PASSWORD);
    const [response] = await Promise.all([page.waitForResponse(answer => answer.request().method() === 'POST'), page.getByRole('button', { name: 'Sign in' }).click()]);
    if (response.status() !== 429) break;
    await new Promise(done => setTimeout(done, Number(response.headers()['retry-after']) * 1000));
  }
  await page.getByRole('heading', { name: 'Signed in as admin' }).waitFor();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});
