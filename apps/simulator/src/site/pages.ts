/** A circuit as its pages show it. */
export interface ShownCircuit {
  slug: string;
  /** Port of the websocket. */
  port: number;
  /** The page of the feed, null before there is one. */
  page: string | null;
}

/** The websocket's port stands this far above the base port of the circuit. */
const WEBSOCKET_ABOVE_BASE = 2;
/** The port parameter of the HTTP poll stands this far above the base port. */
const POLL_ABOVE_BASE = 4;

/** Base port of a circuit, by which history requests name it. */
export function basePort(circuit: { port: number }): number {
  return circuit.port - WEBSOCKET_ABOVE_BASE;
}

/** Value of the parameter `port` by which the HTTP poll names a circuit. */
export function pollPort(circuit: { port: number }): number {
  return basePort(circuit) + POLL_ABOVE_BASE;
}

/** The script that tells a client where the circuit's feed is. */
export function configScript(circuit: { port: number }, host: string): string {
  return `var configPort = ${basePort(circuit)};\nvar configHost = ${JSON.stringify(host)};\n`;
}

/** Page of a circuit, with the table as it stands. */
export function circuitPage({ slug, page }: ShownCircuit): string {
  const field = (name: string): string => new RegExp(`^${name}\\|[^|]*\\|(.*)$`, 'm').exec(page ?? '')?.[1]?.trim() ?? '';
  return document(slug, [
    '<script src="javascript/config.js"></script>',
    `<h1><span id="title1">${field('title1')}</span> <span id="title2">${field('title2')}</span></h1>`,
    `<table id="tgrid">${field('grid')}</table>`,
  ]);
}

/** The list of all circuits. */
export function indexPage(circuits: readonly ShownCircuit[]): string {
  return document('Circuits', ['<ul>', ...circuits.map(({ slug }) => `<li><a href="/${slug}/">${slug}</a></li>`), '</ul>']);
}

function document(title: string, body: readonly string[]): string {
  return ['<!DOCTYPE html>', '<html>', `<head><meta charset="utf-8"><title>${title}</title></head>`, '<body>', ...body, '</body>', '</html>', ''].join('\n');
}
