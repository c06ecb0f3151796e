// A loopback proxy that adds an Authorization header, for clients that cannot.

import { createServer, request } from 'node:http';

/** Starts a proxy in front of a server; `close()` ends it. */
export async function withAuthorization(server, value) {
  const proxy = createServer((incoming, outgoing) => forward(server, value, proxy.address().port, incoming, outgoing));
  await new Promise(done => proxy.listen(0, 'localhost', done));
  const { port } = proxy.address();
  return {
    url: `http://localhost:${port}/api/mcp/sse`,
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
    }
  };
}

function forward(server, value, ownPort, incoming, outgoing) {
  const headers = [];
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    // What the client takes for the server's own address is the proxy's; anything else stays as it came.
    headers.push(incoming.rawHeaders[i], incoming.rawHeaders[i + 1].replace(`localhost:${ownPort}`, `localhost:${server.port}`));
  }
  headers.push('Authorization', value);
  const onward = request(
    { host: '127.0.0.1', port: server.port, method: incoming.method, path: incoming.url, headers, setHost: false },
    answer => {
      outgoing.writeHead(answer.statusCode, answer.rawHeaders);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
    }
  );
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
