// A real browser without a window, for the pages that people see.

import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const FLAGS = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
const open = new Set();

after(() => Promise.all([...open].map(browser => browser.close())));

/** The program that is on the path, unless E2E_CHROMIUM names one. */
export function program() {
  const found = process.env.E2E_CHROMIUM ? [process.env.E2E_CHROMIUM] : process.env.PATH.split(delimiter).flatMap(folder => NAMES.map(name => join(folder, name)));
  return found.find(isProgram);
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser; it is closed when the tests are over. */
export async function launch() {
  const browser = await chromium.launch({ executablePath: program(), args: FLAGS });
  open.add(browser);
  browser.on('disconnected', () => open.delete(browser));
  return browser;
}

/** Keeps a picture of the page, for people to look at, in the folder that E2E_PICTURES names. */
export async function picture(page, name) {
  if (process.env.E2E_PICTURES) {
    mkdirSync(process.env.E2E_PICTURES, { recursive: true });
    await page.screenshot({ path: join(process.env.E2E_PICTURES, `${name}.png`), fullPage: true });
  }
}
