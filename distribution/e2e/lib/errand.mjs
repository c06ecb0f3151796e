// What the client libraries ask of a program that uses them: where to keep tokens, and how to get somebody to agree.

import { createServer } from 'node:http';
import { after } from 'node:test';

const open = new Set();

after(() => open.forEach(server => server.close()));

export class Errand {
  static WHO = { name: 'symbolai-mcp-e2e', version: '1.0.0' };

  /** Waits on a free loopback port for somebody to come back. */
  static async begin() {
    const errand = new Errand();
    await new Promise(done => errand.server.listen(0, '127.0.0.1', done));
    open.add(errand.server);
    return errand;
  }

  constructor() {
    this.arrived = new Promise(done => (this.arrive = done));
    this.server = createServer((request, response) => {
      const query = new URL(request.url, 'http://localhost').searchParams;
      if (query.has('code') || query.has('error')) {
        this.arrive(query);
      }
      response.setHeader('Connection', 'close');
      response.end('Thank you.');
    });
  }

  /** What came back: the code, which is enough for the older library, and all of it. */
  async back() {
    const all = await this.arrived;
    return { all, code: all.get('code') };
  }

  get redirectUrl() {
    return `http://127.0.0.1:${this.server.address().port}/callback`;
  }

  get clientMetadata() {
    return {
      client_name: Errand.WHO.name,
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none'
    };
  }

  clientInformation() {
    return this.information;
  }

  saveClientInformation(information) {
    this.information = information;
  }

  discoveryState() {
    return this.discovered;
  }

  saveDiscoveryState(state) {
    this.discovered = state;
  }

  tokens() {
    return this.kept;
  }

  saveTokens(tokens) {
    this.kept = tokens;
  }

  redirectToAuthorization(url) {
    this.address = url.href;
  }

  saveCodeVerifier(verifier) {
    this.verifier = verifier;
  }

  codeVerifier() {
    return this.verifier;
  }
}
