import type { INestApplication } from '@nestjs/common';
import { isFastify } from './fastify-app.js';
import { InvalidRequest } from './faults.js';

type Done = (error: Error | null, body?: unknown) => void;

/**
 * Bodies are JSON, also without a content type; an empty one is none. Anything else reaches the route as a text,
 * which no body is.
 */
export function acceptBodies(app: INestApplication): void {
  if (!isFastify(app)) return;
  const json = (_request: unknown, body: Buffer, done: Done): void => parse(body.toString(), done);
  app.useBodyParser('application/json', {}, json);
  app.useBodyParser('*', {}, (request: { headers: { 'content-type'?: string | undefined } }, body: Buffer, done: Done) => {
    const type = request.headers['content-type'];
    if (type === undefined || /^application\/[\w.-]+\+json\b/.test(type)) parse(body.toString(), done);
    else done(null, body.toString());
  });
}

function parse(text: string, done: Done): void {
  if (text.trim() === '') {
    done(null, undefined);
    return;
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    const place = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length);
    done(new InvalidRequest([{ type: 'json_invalid', loc: ['body', place], msg: 'JSON decode error', input: {}, ctx: { error: 'The body is no JSON' } }]));
    return;
  }
  done(null, body);
}
