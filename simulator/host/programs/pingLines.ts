/** The lines that iputils's ping prints. */
import { formatIpv4 } from '../../contract/address';
import type { Nanos } from '../../contract/time';
import * as icmp from '../../wire/icmp';
import * as ipv4 from '../../wire/ipv4';
import type { State } from './pingState';
import { milliseconds, roundTripMs } from './text';

export type Answer = {
  readonly from: string;
  readonly lengthOctets: number;
  readonly sequence: number;
  readonly ttl: number;
};

export function headLine({ asked }: State): string {
  const name = formatIpv4(asked.destination);
  const { payloadOctets } = asked;
  const packetOctets = payloadOctets + icmp.HEADER_OCTETS + ipv4.HEADER_OCTETS;
  return `PING ${name} (${name}) ${payloadOctets}(${packetOctets}) bytes of data.\n`;
}

/** `elapsedNs` is null for an answer that had come before. */
export function answerLine(answer: Answer, elapsedNs: number | null): string {
  const { from, lengthOctets, sequence, ttl } = answer;
  const end = elapsedNs === null ? '(DUP!)' : `time=${roundTripMs(elapsedNs)} ms`;
  return `${lengthOctets} bytes from ${from}: icmp_seq=${sequence} ttl=${ttl} ${end}\n`;
}

export function statisticsLines(state: State, now: Nanos): string {
  const { transmitted, received, duplicates, errors, asked } = state;
  const lost = transmitted === 0 ? 0 : Math.floor(((transmitted - received) * 100) / transmitted);
  const elapsedMs = Math.floor((now - state.startedAtNs) / 1_000_000);
  const extra =
    (duplicates > 0 ? `, +${duplicates} duplicates` : '') +
    (errors > 0 ? `, +${errors} errors` : '');
  const { shortestNs, longestNs, sumNs } = state.times;
  const times = [shortestNs, Math.floor(sumNs / received), longestNs];
  const trip = `rtt min/avg/max = ${times.map(milliseconds).join('/')} ms\n`;
  return (
    `\n--- ${formatIpv4(asked.destination)} ping statistics ---\n` +
    `${transmitted} packets transmitted, ${received} received${extra}, ` +
    `${lost}% packet loss, time ${elapsedMs}ms\n${received > 0 ? trip : ''}`
  );
}
