// A folder on 127.0.0.1, below a path that nobody can guess: no other program or page of this machine can read it.
import crypto from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const types = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

/**
 * Serves the folder, and below `changes` a stream of events for pages that want to know when it has changed.
 * @param {string} folder
 * @param {number} [port] any free one, unless told
 * @returns {Promise<{address: string, changed: () => void, stop: () => Promise<void>}>}
 */
export async function serveFolder(folder, port = 0) {
  const secret = `/${crypto.randomBytes(16).toString('hex')}/`;
  const streams = new Set();
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1'); // without any `..`
    if (request.method !== 'GET' || !pathname.startsWith(secret)) return void response.writeHead(404).end();
    const name = decodeURIComponent(pathname.slice(secret.length));
    if (name === 'changes') return follow(response, streams);
    send(path.join(folder, name.endsWith('/') ? `${name}index.html` : name), folder, response);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${server.address().port}${secret}`,
    changed: () => streams.forEach(stream => stream.write('event: change\ndata:\n\n')),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function follow(response, streams) {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
  streams.add(response);
  response.on('close', () => streams.delete(response));
}

function send(file, folder, response) {
  const inside = file.startsWith(folder + path.sep) && fs.statSync(file, { throwIfNoEntry: false })?.isFile();
  if (!inside) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' });
  fs.createReadStream(file).pipe(response);
}
