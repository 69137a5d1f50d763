const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/;

/** Whether only this machine reaches the address. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** The address as a browser or a stage on this machine calls it. */
export function urlHere(host: string, port: number): string {
  if (isLoopback(host) || host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
