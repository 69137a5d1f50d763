import { get } from 'node:http';
import { nowMs } from './paced-circuit.mjs';

/** Reads the live stream of a competition as the page does, and notes when each event was there. */
export class LiveReader {
  /** `{atMs, lastFrameAtMs, appliedAtMs, rows}` of each event, in order. */
  events = [];
  #request;

  /** Resolves when the first event has come; tries again while the API does not know the competition. */
  async open(url, bearer = null) {
    for (;;) {
      const response = await new Promise((resolve, reject) => {
        this.#request = get(url, { headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` } }, resolve).once('error', reject);
      });
      if (response.statusCode === 200) {
        this.#read(response);
        return;
      }
      response.resume();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  close() {
    this.#request?.destroy();
  }

  #read(response) {
    let text = '';
    response.setEncoding('utf8');
    response.on('error', () => undefined);
    response.on('data', (chunk) => {
      const atMs = nowMs();
      text += chunk;
      const events = text.split('\n\n');
      text = events.pop();
      for (const event of events) this.#take(event, atMs);
    });
  }

  #take(event, atMs) {
    const line = event.split('\n').find((part) => part.startsWith('data: '));
    const { clock, rows } = JSON.parse(line.slice('data: '.length));
    this.events.push({ atMs, lastFrameAtMs: clock.last_frame_at_ms ?? 0, appliedAtMs: clock.applied_at_ms, rows: rows?.length ?? 0 });
  }
}
