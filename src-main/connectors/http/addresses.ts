import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Not on the public internet: RFC 6890 and the IANA special-purpose address registries. */
const inner = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12],
  ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15],
  ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) inner.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16],
  ['3fff::', 20], ['5f00::', 16], ['fc00::', 7], ['fe80::', 10], ['fec0::', 10], ['ff00::', 8],
] as const) inner.addSubnet(net, bits, 'ipv6');

function listed(list: BlockList, address: string): boolean {
  const family = isIP(address);
  // BlockList itself sees through IPv4-mapped IPv6 addresses.
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** A host name as URL writes it, without the brackets of an IPv6 address. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '').toLowerCase();
}

/** Whether an IP address lies outside the public internet. */
export function isInnerAddress(address: string): boolean {
  return listed(inner, bare(address));
}

/** Whether a URL's host is this machine, by name or by number. */
export function isLoopbackHost(hostname: string): boolean {
  const host = bare(hostname);
  return host === 'localhost' || host.endsWith('.localhost') || listed(loopback, host);
}

/** Whether a URL's host is seen, without asking DNS, to lie outside the public internet. */
export function isInnerHost(hostname: string): boolean {
  const host = bare(hostname);
  return isLoopbackHost(host) || isInnerAddress(host) || /\.(?:local|internal|intranet|lan|home\.arpa)$/.test(host)
    || (isIP(host) === 0 && !host.includes('.'));
}
