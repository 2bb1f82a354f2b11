/** Where a server that listens at a host and a port is reached from this machine: listening everywhere is no address to go to. */
export function reachableAt(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
