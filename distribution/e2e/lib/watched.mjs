// Pages that note what a browser holds against them: scripts that ran, violations of the policy, requests that leave the server.

import { launch } from './browser.mjs';
import { Person } from './person.mjs';

// The browser says so of every page that is an answer with such a status, the ones that are meant to be as well.
const REFUSED = /^Failed to load resource: the server responded with a status of (400|401|403|404|409|429)/;

/** A page in a context; `complaints` says what went wrong on it. */
export async function watched(context, origin) {
  const page = await context.newPage();
  page.complaints = [];
  const complain = text => page.complaints.push(`${text} on ${page.url().slice(0, 200)}`);
  page.on('console', message => message.type() === 'error' && !REFUSED.test(message.text()) && complain(message.text()));
  page.on('pageerror', error => complain(String(error)));
  page.on('dialog', dialog => {
    complain(`a script said ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on('popup', () => complain('a window was opened'));
  const own = [origin, origin.replace('localhost', '127.0.0.1')];
  page.on('request', request => own.includes(new URL(request.url()).origin) || complain(`a request to ${request.url()}`));
  await page.exposeFunction('ran', () => complain('a script ran'));
  await page.exposeFunction('violated', text => complain(`violation of the policy: ${text}`));
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', event => window.violated(`${event.violatedDirective} ${event.blockedURI}`))
  );
  return page;
}

/** Somebody at a browser whose page is watched. */
export async function seated(name, origin, browser) {
  const context = await (browser ?? (await launch())).newContext();
  return new Person(name, undefined, context, await watched(context, origin));
}

/** How many elements of each kind a page has; text that became markup would change it. */
export function shape(page) {
  return page.evaluate(() => {
    const counts = {};
    document.querySelectorAll('*').forEach(element => (counts[element.localName] = (counts[element.localName] ?? 0) + 1));
    return counts;
  });
}
