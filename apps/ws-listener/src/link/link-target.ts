import { validateHeaderName, validateHeaderValue } from 'node:http';
import { PipelineError } from '@lts/contracts';

/** Longest code of a competition, as the REST contract has it. */
const LONGEST_NAME = 255;

/** What an address may begin with. */
const PROTOCOLS: ReadonlySet<string> = new Set(['https:', 'http:', 'wss:', 'ws:']);

/** One competition and where its feed comes from: the page of a circuit, or a websocket. */
export interface LinkTarget {
  competition: string;
  uri: string;
  headers: Readonly<Record<string, string>>;
}

interface TargetSettings {
  competitionCode?: string;
  websocketUri?: string;
  competitions: readonly string[];
  websocketHeaders: readonly string[];
}

/**
 * The competitions a listener is configured for, each with a sound address.
 *
 * @throws PipelineError `LTS_CONFIGURATION` or `LTS_SOCKET_URI`: one sentence that says what to correct
 */
export function linkTargets(settings: TargetSettings): LinkTarget[] {
  const headers = Object.fromEntries(settings.websocketHeaders.map(headerOf));
  const pairs = settings.competitions.map((pair) => pairOf(pair, '--competitions', 'code=uri'));
  const { competitionCode, websocketUri } = settings;
  if ((competitionCode === undefined) !== (websocketUri === undefined)) {
    throw new PipelineError('LTS_CONFIGURATION', '--competition_code and --websocket_uri belong together: give both.');
  }
  if (competitionCode !== undefined && websocketUri !== undefined) pairs.unshift([competitionCode, websocketUri]);
  if (pairs.length === 0) {
    throw new PipelineError('LTS_CONFIGURATION', 'There is nothing to listen to: give --competition_code and --websocket_uri, or --competitions code=uri,code=uri.');
  }
  const repeated = pairs.find(([code], index) => pairs.findIndex(([other]) => other === code) !== index);
  if (repeated !== undefined) throw new PipelineError('LTS_CONFIGURATION', `The competition "${repeated[0]}" is named twice: give each competition one address.`);
  return pairs.map(([competition, uri]) => ({ competition, uri: soundUri(uri, competition), headers }));
}

function pairOf(text: string, flag: string, form: string): [string, string] {
  const at = text.indexOf('=');
  const name = text.slice(0, Math.max(at, 0)).trim();
  const value = text.slice(at + 1).trim();
  if (name === '' || name.length > LONGEST_NAME || value === '') throw new PipelineError('LTS_CONFIGURATION', `${flag} takes ${form} separated by commas; "${at < 0 ? text : name}" is not of that form.`);
  return [name, value];
}

function headerOf(text: string): [string, string] {
  const [name, value] = pairOf(text, '--websocket_headers', 'Name=value');
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (error) {
    throw new PipelineError('LTS_CONFIGURATION', `--websocket_headers: "${name}" is no header that can be sent. Correct its name or value.`, { cause: error });
  }
  return [name, value];
}

function soundUri(text: string, competition: string): string {
  if (!URL.canParse(text)) throw badUri(competition, `"${withoutSecrets(text)}" is not an address`);
  const uri = new URL(text);
  if (!PROTOCOLS.has(uri.protocol)) throw badUri(competition, `"${withoutSecrets(text)}" does not start with https://, http://, wss:// or ws://`);
  if (uri.hostname === '') throw badUri(competition, 'it names no host');
  uri.hash = '';
  return uri.href;
}

function badUri(competition: string, why: string): PipelineError {
  const sentence = `The address of competition "${competition}" cannot be used: ${why}. Give the page of the circuit's live timing, https://..., or its websocket, wss://host:port/.`;
  return new PipelineError('LTS_SOCKET_URI', sentence, { competitionCode: competition });
}

/** The address as it may be shown: without user, password and query. */
export function withoutSecrets(uri: string): string {
  return uri.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/, '');
}
