import type { IncomingMessage, RequestListener } from 'node:http';
import { type ShownCircuit, basePort, circuitPage, configScript, indexPage, pollPort } from './pages.js';
import type { PollRequest } from './poll.js';

/** A circuit that can be visited over HTTP. */
export interface VisitedCircuit extends ShownCircuit {
  poll(request: PollRequest): string;
  history(request: string): string;
}

interface Answer {
  status: number;
  type: 'text/html' | 'text/plain' | 'text/javascript';
  text: string;
  location?: string;
}

const POLL_PATH = '/commonv2/functions/live_ajax.php';
const HISTORY_PATH = '/commonv2/functions/request.php';
const LONGEST_FORM_BYTES = 8 * 1024;
const HOST_NAME = /^[\w.-]+$|^\[[\da-f:]+\]$/i;

/**
 * The provider's web site: a page and a configuration for each circuit, the HTTP poll and the history requests. Every port of
 * every circuit answers as the whole site.
 */
export function siteOf(circuits: () => readonly VisitedCircuit[]): RequestListener {
  return (request, response) => {
    void answer(request, circuits()).then(({ status, type, text, location }) => {
      response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...(location === undefined ? {} : { location }) });
      response.end(request.method === 'HEAD' ? undefined : text);
    });
  };
}

async function answer(request: IncomingMessage, circuits: readonly VisitedCircuit[]): Promise<Answer> {
  const address = request.url ?? '';
  if (!URL.canParse(address, 'http://site')) return plain(400, 'No address.\n');
  const url = new URL(address, 'http://site');
  if (url.pathname.endsWith(HISTORY_PATH)) return history(request, circuits);
  return request.method === 'GET' || request.method === 'HEAD' ? page(url, request, circuits) : plain(405, 'Only GET.\n');
}

function page({ pathname, searchParams }: URL, request: IncomingMessage, circuits: readonly VisitedCircuit[]): Answer {
  if (pathname.endsWith(POLL_PATH)) return poll(searchParams, circuits);
  if (pathname === '/') return { status: 200, type: 'text/html', text: indexPage(circuits) };
  const [, slug = '', ...rest] = pathname.split('/');
  const circuit = circuits.find((candidate) => candidate.slug === slug);
  return circuit === undefined ? plain(404, `There is no such circuit; there are ${circuits.map((known) => known.slug).join(', ')}.\n`) : ofCircuit(circuit, rest, request);
}

function ofCircuit(circuit: VisitedCircuit, rest: readonly string[], request: IncomingMessage): Answer {
  if (rest.length === 0) return { ...plain(301, ''), location: `/${circuit.slug}/` };
  const path = rest.join('/');
  if (path === '' || path === 'index.html') return { status: 200, type: 'text/html', text: circuitPage(circuit) };
  if (path === 'javascript/config.js') return { status: 200, type: 'text/javascript', text: configScript(circuit, hostOf(request)) };
  return plain(404, `The circuit ${circuit.slug} has its page and javascript/config.js, nothing else.\n`);
}

function poll(query: URLSearchParams, circuits: readonly VisitedCircuit[]): Answer {
  const circuit = circuits.find((candidate) => String(pollPort(candidate)) === query.get('port'));
  if (circuit === undefined) return unknownPort(circuits, pollPort);
  return plain(200, circuit.poll({ init: query.get('init') ?? '', index: query.get('index') ?? '' }));
}

async function history(request: IncomingMessage, circuits: readonly VisitedCircuit[]): Promise<Answer> {
  if (request.method !== 'POST') return plain(405, 'Only POST.\n');
  const form = await formOf(request);
  if (form === null) return plain(413, `A form of more than ${LONGEST_FORM_BYTES} bytes.\n`);
  const circuit = circuits.find((candidate) => String(basePort(candidate)) === form.get('port'));
  return circuit === undefined ? unknownPort(circuits, basePort) : plain(200, circuit.history(form.get('request') ?? ''));
}

/** The form fields of a request, null when they are too many or the client has gone. */
async function formOf(request: IncomingMessage): Promise<URLSearchParams | null> {
  let text = '';
  try {
    for await (const chunk of request) {
      text += String(chunk);
      if (text.length > LONGEST_FORM_BYTES) return null;
    }
  } catch {
    return null;
  }
  return new URLSearchParams(text);
}

function unknownPort(circuits: readonly VisitedCircuit[], portOf: (circuit: VisitedCircuit) => number): Answer {
  return plain(404, `No circuit has this port; there are ${circuits.map((known) => `${portOf(known)} (${known.slug})`).join(', ')}.\n`);
}

/** The name under which the client knows this machine. */
function hostOf({ headers, socket }: IncomingMessage): string {
  const name = (headers.host ?? '').replace(/:\d+$/, '');
  return HOST_NAME.test(name) ? name : (socket.localAddress ?? 'localhost');
}

function plain(status: number, text: string): Answer {
  return { status, type: 'text/plain', text };
}
