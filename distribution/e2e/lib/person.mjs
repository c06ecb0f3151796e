// Somebody at a browser who signs in and agrees.

import { launch, picture } from './browser.mjs';

export const PASSWORD = 'correct horse battery staple';

export class Person {
  static async sitDown(name, password = PASSWORD) {
    const browser = await launch();
    const context = await browser.newContext();
    return new Person(name, password, context, await context.newPage());
  }

  constructor(name, password = PASSWORD, context, page) {
    this.name = name;
    this.password = password;
    this.context = context;
    this.page = page;
    this.signedIn = 0;
    this.asked = 0;
  }

  /** Opens an address and does what the pages ask for until they lead away from the server. */
  async open(address, origin, { allow = true, pictures = '' } = {}) {
    await this.page.goto(address);
    while (this.page.url().startsWith(origin)) {
      const here = this.page.url();
      const title = (await this.page.textContent('h1')) ?? '';
      if (pictures) {
        await picture(this.page, `${pictures}-${this.signedIn + this.asked}`);
      }
      if (title === 'Sign in') {
        await this.signIn();
      } else if (title.startsWith('Let a program')) {
        await this.decide(allow);
      } else {
        throw new Error(`nothing to do on ${here}: ${await this.page.textContent('main')}`);
      }
    }
    return this.page.url();
  }

  async signIn() {
    this.signedIn++;
    await this.page.fill('#name', this.name);
    await this.page.fill('#password', this.password);
    await Promise.all([this.page.waitForNavigation(), this.page.click('button[type=submit]')]);
  }

  async decide(allow) {
    this.asked++;
    await Promise.all([this.page.waitForNavigation(), this.page.click(`button[value=${allow ? 'allow' : 'deny'}]`)]);
  }

  /** Types the code of a device and agrees. */
  async type(address, origin, code) {
    await this.page.goto(address);
    if ((await this.page.textContent('h1')) === 'Sign in') {
      await this.signIn();
    }
    await picture(this.page, 'device');
    await this.page.fill('#code', code);
    await Promise.all([this.page.waitForNavigation(), this.page.click('button[type=submit]')]);
    await picture(this.page, 'device-consent');
    await this.decide(true);
    await picture(this.page, 'device-done');
    return this.page.textContent('main');
  }
}
