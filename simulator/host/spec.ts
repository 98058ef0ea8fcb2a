/** What a computer is built from: plain data of a scenario's topology. */
import { parseIpv4, parseMac, type Ipv4, type Mac } from '../contract/address';
import type { Plain } from '../contract/plain';
import type { Nanos } from '../contract/time';
import type { Image } from '../isa/image';
import * as tcp from '../protocols/tcp';

export type ModelledProgram = {
  readonly kind: 'modelled';
  readonly name: string;
  readonly arguments: Plain;
};

export type MachineProgram = {
  readonly kind: 'machine';
  readonly name: string;
  readonly image: Image;
  readonly arguments: readonly string[];
  /** The assembly source, for whoever looks; empty when there is none. */
  readonly source: string;
};

export type ProgramSpec = ModelledProgram | MachineProgram;

export type ComputerSpec = {
  readonly kind: 'computer';
  readonly name: string;
  /** As people call it: "Computer A". */
  readonly title: string;
  /** With an instruction-level CPU, or one that modelled programs and the kernel merely occupy. */
  readonly processor: 'rv32' | 'modelled';
  readonly mac: Mac;
  readonly address: Ipv4;
  readonly prefixLength: number;
  readonly gateway: Ipv4 | null;
  readonly ramOctets: number;
  readonly programs: readonly ProgramSpec[];
  /** How its TCP is set; as the plainest that interoperates when it is left out. */
  readonly tcp?: TcpSpec;
  /** What somebody types there, soonest first; nothing when it is left out. */
  readonly keyboard?: readonly KeyPress[];
};

/** One of the profiles, or what is other than in the plain one. */
export type TcpSpec = keyof typeof TCP_PROFILES | Partial<tcp.Settings>;

/**
 * `plain`: no options but the maximum segment size, every segment acknowledged at once, so that a
 * learner sees one thing at a time; `linux`: what a Linux machine does besides.
 */
export const TCP_PROFILES = { plain: tcp.LINUX, linux: tcp.LINUX_IN_FULL };

/** Ways of congestion control that a scenario may name. */
export const TCP_CONTROLS: readonly string[] = Object.keys(tcp.CONTROLS);

export function tcpOf({ tcp: given = 'plain' }: Pick<ComputerSpec, 'tcp'>): tcp.Settings {
  return typeof given === 'string' ? TCP_PROFILES[given] : { ...TCP_PROFILES.plain, ...given };
}

/** `text` is ASCII; Enter is a line feed. */
export type KeyPress = { readonly atNs: Nanos; readonly text: string };

/** A jack through which frames enter and leave the world: somebody outside is the computer. */
export type OutsideSpec = {
  readonly kind: 'outside';
  readonly name: string;
  readonly title: string;
};

export type HostSpec = ComputerSpec | OutsideSpec;

/**
 * A computer as a scenario's author writes it: addresses as text. A wrong address is the author's
 * mistake and throws when the scenario is loaded, naming the computer and the field.
 */
export function host(
  name: string,
  title: string,
  mac: string,
  addressAndPrefix: string,
  programs: readonly ProgramSpec[],
): ComputerSpec {
  const [address = '', prefix = ''] = addressAndPrefix.split('/');
  const parsed = { mac: parseMac(mac), address: parseIpv4(address), prefixLength: Number(prefix) };
  if (parsed.mac === null) throw new Error(`${name}: "${mac}" is not a MAC address`);
  if (parsed.address === null) throw new Error(`${name}: "${address}" is not an IPv4 address`);
  if (!/^([0-9]|[12][0-9]|3[0-2])$/.test(prefix))
    throw new Error(`${name}: "/${prefix}" is not a prefix length (0 to 32)`);
  return {
    kind: 'computer',
    name,
    title,
    processor: programs.some(({ kind }) => kind === 'machine') ? 'rv32' : 'modelled',
    mac: parsed.mac,
    address: parsed.address,
    prefixLength: parsed.prefixLength,
    gateway: null,
    ramOctets: 0x10_0000,
    programs,
  };
}
