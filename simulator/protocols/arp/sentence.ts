/** What ARP says, in words: one sentence a note. */
import { formatIpv4, formatMac } from '../../contract/address';
import { unreachable } from '../../contract/outcome';
import type { Note } from './step';

export function sentence(note: Note): string {
  const address = formatIpv4(note.address);
  switch (note.kind) {
    case 'asked':
      return note.tries > 1
        ? `ARP asks again who has ${address} (try ${note.tries}).`
        : `ARP asks everybody who has ${address}.`;
    case 'queued':
      return `The packet for ${address} waits: ${note.why}.`;
    case 'dropped':
      return `A packet for ${address} is dropped: ${note.why}.`;
    case 'learned':
      return `ARP learns that ${address} is at ${formatMac(note.mac)}.`;
    case 'refreshed':
      return `ARP hears again that ${address} is at ${formatMac(note.mac)}.`;
    case 'answered':
      return `ARP answers ${address}: that address is mine, at this MAC address.`;
    case 'expired':
      return `The ARP entry of ${address} is too old and is forgotten.`;
    case 'failed':
      return `Nobody answered for ${address}: ARP gives up.`;
    case 'ignored':
      return `ARP ignores a message from ${address}: ${note.why}.`;
    default:
      return unreachable(note);
  }
}
