import { createServer } from 'node:http';

/** A REST API that stores nothing and answers at once, so that only the stage before it is measured. Counts what it is sent. */
export class SinkApi {
  requests = 0;
  bytes = 0;
  #server = createServer((request, response) => {
    let length = 0;
    request.on('data', (chunk) => (length += chunk.length));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(this.#answer(request, length));
    });
  });

  /** @param watermark what every competition is said to have stored; null for nothing */
  constructor(watermark) {
    this.watermark = watermark;
  }

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(request, length) {
    const path = new URL(request.url, 'http://sink').pathname;
    if (path === '/v1/batch') {
      this.requests += 1;
      this.bytes += length;
      return '{"watermark":"","applied":0,"skipped":0,"rejected":[]}';
    }
    if (path === '/v1/auth') return '{"bearer":"sink"}';
    if (path.endsWith('/watermark')) return JSON.stringify(this.watermark === null ? {} : { 'api-sender': this.watermark });
    return path.endsWith('/settings') ? '[]' : '{}';
  }
}
