import type { IncomingMessage, RequestListener } from 'node:http';
import { type PollRequest } from './poll.js';
import { type ShownCircuit, circuitPage, configScript, indexPage, pollPort } from './pages.js';

/** A circuit that can be visited over HTTP. */
export interface VisitedCircuit extends ShownCircuit {
  poll(request: PollRequest): string;
}

interface Answer {
  status: number;
  type: 'text/html' | 'text/plain' | 'text/javascript';
  text: string;
  location?: string;
}

const POLL_PATH = '/commonv2/functions/live_ajax.php';
const HOST_NAME = /^[\w.-]+$|^\[[\da-f:]+\]$/i;

/** The provider's web site: a page and a configuration for each circuit, and the HTTP poll. Every port of every circuit answers as the whole site. */
export function siteOf(circuits: () => readonly VisitedCircuit[]): RequestListener {
  return (request, response) => {
    const { status, type, text, location } = request.method === 'GET' || request.method === 'HEAD' ? answer(request, circuits()) : plain(405, 'Only GET.\n');
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...(location === undefined ? {} : { location }) });
    response.end(request.method === 'HEAD' ? undefined : text);
  };
}

function answer(request: IncomingMessage, circuits: readonly VisitedCircuit[]): Answer {
  const url = URL.canParse(request.url ?? '/', 'http://site') ? new URL(request.url ?? '/', 'http://site') : null;
  if (url === null) return plain(400, 'No address.\n');
  if (url.pathname.endsWith(POLL_PATH)) return poll(url.searchParams, circuits);
  if (url.pathname === '/') return { status: 200, type: 'text/html', text: indexPage(circuits) };
  const [, slug = '', ...rest] = url.pathname.split('/');
  const circuit = circuits.find((candidate) => candidate.slug === slug);
  return circuit === undefined ? notFound(circuits) : ofCircuit(circuit, rest, request);
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
  if (circuit === undefined) return plain(404, `No circuit has this poll port; there are ${circuits.map((known) => `${pollPort(known)} (${known.slug})`).join(', ')}.\n`);
  return plain(200, circuit.poll({ init: query.get('init') ?? '', index: query.get('index') ?? '' }));
}

/** The name under which the client knows this machine. */
function hostOf({ headers, socket }: IncomingMessage): string {
  const name = (headers.host ?? '').replace(/:\d+$/, '');
  return HOST_NAME.test(name) ? name : (socket.localAddress ?? 'localhost');
}

function plain(status: number, text: string): Answer {
  return { status, type: 'text/plain', text };
}

function notFound(circuits: readonly VisitedCircuit[]): Answer {
  return plain(404, `There is no such circuit; there are ${circuits.map(({ slug }) => slug).join(', ')}.\n`);
}
