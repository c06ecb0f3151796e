// Speaks MCP by hand, where a client library would hide what matters.

const MODERN = '2026-07-28';
const LEGACY = '2025-11-25';

export class RpcError extends Error {
  constructor(status, error) {
    super(`HTTP ${status}: ${JSON.stringify(error)}`);
    this.status = status;
    this.code = error?.code;
    this.data = error?.data;
  }
}

/** The JSON messages of an answer, be it JSON or a stream. */
export async function* messages(response) {
  if (!(response.headers.get('content-type') ?? '').includes('text/event-stream')) {
    const text = await response.text();
    if (text) {
      yield JSON.parse(text);
    }
    return;
  }
  for await (const event of events(response)) {
    if (event.data) {
      yield JSON.parse(event.data);
    }
  }
}

/** The events of a stream, as `{id, event, data}`. */
export async function* events(response) {
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    rest += chunk;
    let end;
    while ((end = rest.indexOf('\n\n')) >= 0) {
      const event = parse(rest.slice(0, end));
      rest = rest.slice(end + 2);
      if (event) {
        yield event;
      }
    }
  }
}

function parse(block) {
  const event = {};
  for (const line of block.split('\n')) {
    const at = line.indexOf(':');
    if (at > 0) {
      const name = line.slice(0, at);
      const value = line.slice(at + 1).replace(/^ /, '');
      event[name] = name === 'data' && event.data !== undefined ? `${event.data}\n${value}` : value;
    }
  }
  return Object.keys(event).length ? event : undefined;
}

async function resultOf(response, id) {
  for await (const message of messages(response)) {
    if (message.id === id && message.error) {
      throw new RpcError(response.status, message.error);
    }
    if (message.id === id) {
      return message.result;
    }
  }
  throw new RpcError(response.status, { message: 'no answer' });
}

/** A caller of the stateless era. */
export class Modern {
  constructor(url, { key, capabilities = {} } = {}) {
    this.url = url;
    this.key = key;
    this.capabilities = capabilities;
    this.next = 1;
  }

  post(method, params = {}, { signal, meta = {} } = {}) {
    const id = this.next++;
    const name = params.name ?? params.uri ?? params.taskId;
    const headers = {
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      'MCP-Protocol-Version': MODERN,
      'Mcp-Method': method,
      ...(name ? { 'Mcp-Name': name } : {}),
      ...(this.key ? { Authorization: `Bearer ${this.key}` } : {})
    };
    const envelope = {
      'io.modelcontextprotocol/protocolVersion': MODERN,
      'io.modelcontextprotocol/clientCapabilities': this.capabilities,
      'io.modelcontextprotocol/clientInfo': { name: 'symbolai-mcp-e2e', version: '1.0.0' },
      ...meta
    };
    const body = JSON.stringify({ jsonrpc: '2.0', id, method, params: { ...params, _meta: envelope } });
    return { id, response: fetch(this.url, { method: 'POST', headers, body, signal }) };
  }

  async request(method, params, options) {
    const { id, response } = this.post(method, params, options);
    return resultOf(await response, id);
  }

  call(name, args = {}, more = {}) {
    return this.request('tools/call', { name, arguments: args, ...more });
  }
}

/** A session of the 2025 era. */
export class Legacy {
  constructor(url, { key, capabilities = {}, version = LEGACY } = {}) {
    this.url = url;
    this.key = key;
    this.capabilities = capabilities;
    this.version = version;
    this.next = 1;
  }

  headers(more = {}) {
    return {
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      ...(this.session ? { 'Mcp-Session-Id': this.session, 'MCP-Protocol-Version': this.version } : {}),
      ...(this.key ? { Authorization: `Bearer ${this.key}` } : {}),
      ...more
    };
  }

  post(message) {
    return fetch(this.url, { method: 'POST', headers: this.headers(), body: JSON.stringify({ jsonrpc: '2.0', ...message }) });
  }

  async request(method, params = {}) {
    const id = this.next++;
    return resultOf(await this.post({ id, method, params }), id);
  }

  async initialize() {
    const id = this.next++;
    const params = {
      protocolVersion: this.version,
      capabilities: this.capabilities,
      clientInfo: { name: 'symbolai-mcp-e2e', version: '1.0.0' }
    };
    const response = await this.post({ id, method: 'initialize', params });
    const result = await resultOf(response, id);
    this.session = response.headers.get('mcp-session-id');
    await this.post({ method: 'notifications/initialized' });
    return result;
  }

  call(name, args = {}) {
    return this.request('tools/call', { name, arguments: args });
  }
}
