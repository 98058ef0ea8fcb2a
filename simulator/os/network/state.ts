/** What the network stack remembers besides its sockets: one interface. */
import type { Ipv4, Mac } from '../../contract/address';
import * as arp from '../../protocols/arp';
import * as ip from '../../protocols/ip';

export type Network = {
  readonly mac: Mac;
  readonly ip: ip.Config;
  readonly arp: arp.State;
  /** Fragments that wait for the others of their packets. */
  readonly fragments: ip.reassembly.State;
};

type Settings = {
  readonly mac: Mac;
  readonly ip: Ipv4;
  readonly prefixLength: number;
  readonly gateway: Ipv4 | null;
};

export function start({ mac, ip: address, prefixLength, gateway }: Settings): Network {
  const config = { address, prefixLength, gateway };
  const fragments = ip.reassembly.START;
  return { mac, ip: config, arp: arp.create(mac, address), fragments };
}
