import type { CircuitWays, Reached, Web } from '../provider.js';
import { livePoll } from './live-poll.js';

/** Host of the feed where the configuration names none. */
const USUAL_HOST = 'www.apex-timing.com';
/** Distances from the base port that the configuration names. */
const SOCKET = 2;
const ENCRYPTED_SOCKET = 3;
const POLL = 4;
const HIGHEST_PORT = 65_535;

const USUAL_SCRIPT = 'javascript/config.js';
const SCRIPT = /["']([^"']*\bconfig\.js(?:\?[^"']*)?)["']/;
const HOST_NAME = /^[\w.-]{1,253}$|^\[[\da-f:.]{2,45}\]$/i;

/** Where a circuit's feed is: a host, and the port from which the others are counted. */
export interface CircuitConfiguration {
  host: string;
  basePort: number;
}

/** The ways to the feed of the circuit that has this page. @throws what `web.read` throws */
export async function waysFromPage(address: URL, web: Web): Promise<Reached> {
  const page = await web.read(withoutHash(address));
  if (page === null) return { fault: `There is no page at ${shown(address)}. Open the circuit's live timing in a browser and copy its address.` };
  const folder = folderOf(page.address);
  const named = SCRIPT.exec(page.text)?.[1] ?? USUAL_SCRIPT;
  const script = new URL(URL.canParse(named, folder.href) ? named : USUAL_SCRIPT, folder);
  const configuration = configurationIn((await web.read(script))?.text ?? '');
  if (configuration !== null) return { ways: waysOf(configuration, folder) };
  return {
    fault: `${shown(page.address)} is not the page of a circuit: ${shown(script)} tells no port of a feed. Open the circuit's live timing in a browser and copy its address, e.g. https://live.apex-timing.com/<circuit>/, or give its websocket, wss://host:port/.`,
  };
}

/** What a configuration script says; null when it names no port that can be one. */
export function configurationIn(script: string): CircuitConfiguration | null {
  const basePort = Number(valueOf(script, 'configPort'));
  const host = valueOf(script, 'configHost') ?? USUAL_HOST;
  if (!Number.isInteger(basePort) || basePort < 1 || basePort + POLL > HIGHEST_PORT || !HOST_NAME.test(host)) return null;
  return { host, basePort };
}

/** The last value that the script gives a name, as text; comments do not count. */
function valueOf(script: string, name: string): string | null {
  let value: string | null = null;
  for (const statement of script.replaceAll(/\/\*[^*]*\*\//g, '').split(/[\n;,]/)) {
    const [, found, quoted, bare] = /^\s*(?:(?:var|let|const)\s+|window\.)?(\w+)\s*=\s*(?:["']([^"']*)["']|(\d+))/.exec(statement) ?? [];
    if (found === name) value = (quoted ?? bare ?? '').trim();
  }
  return value === '' ? null : value;
}

/** The poll is a neighbour of the page's folder, as the page itself asks for it. */
function waysOf({ host, basePort }: CircuitConfiguration, folder: URL): CircuitWays {
  return {
    sockets: [`wss://${host}:${basePort + ENCRYPTED_SOCKET}/`, `ws://${host}:${basePort + SOCKET}/`],
    poll: livePoll(new URL('../commonv2/functions/live_ajax.php', folder), basePort + POLL),
  };
}

/** The folder of a page: `/circuit/` of `/circuit/`, `/circuit/index.html` and `/circuit`. */
function folderOf(page: URL): URL {
  const isFolder = !page.pathname.slice(page.pathname.lastIndexOf('/')).includes('.');
  return new URL(isFolder && !page.pathname.endsWith('/') ? `${page.pathname}/` : '.', page);
}

function withoutHash(address: URL): URL {
  const clean = new URL(address);
  clean.hash = '';
  return clean;
}

function shown({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`;
}
