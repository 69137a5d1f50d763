import { Agent, request } from 'node:http';
import { consume, kafkaOf, settings } from './consume.mjs';

/** Posts as many bytes in as many requests as the api-sender does, without looking into the messages. */
const asked = settings();
const share = Number(asked.bytes_share);
const requestBytes = Number(asked.request_bytes);
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

function post(bytes) {
  return new Promise((resolve, reject) => {
    const posted = request(`${asked.api_lts}/v1/batch`, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': bytes } }, (response) => {
      response.resume();
      response.once('end', resolve);
    });
    posted.once('error', reject);
    posted.end(Buffer.alloc(bytes, 'x'));
  });
}

await consume(kafkaOf(asked), asked, async (_competition, messages) => {
  const bytes = Math.round(messages.reduce((sum, { value }) => sum + value.length, 0) * share);
  const requests = Math.max(1, Math.round(bytes / requestBytes));
  for (let index = 0; index < requests; index += 1) await post(Math.ceil(bytes / requests));
});
