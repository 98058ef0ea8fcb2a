/**
 * GDB's remote serial protocol (GDB manual, appendix E), as far as a judge needs it: memory,
 * registers, breakpoints, run and stop.
 */
import { connect, type Socket } from 'node:net';

export type Gdb = {
  /** Sends a packet and answers what comes back; rejects when nothing does. */
  readonly ask: (packet: string) => Promise<string>;
  /** Interrupts what runs. */
  readonly interrupt: () => void;
  readonly close: () => void;
};

const checksum = (text: string): string =>
  (Buffer.from(text, 'latin1').reduce((sum, octet) => sum + octet, 0) & 255)
    .toString(16)
    .padStart(2, '0');

const PACKET = /\$([^#]*)#[0-9a-f]{2}/s;

/** `}` and the octet with bit 5 turned, and `*` with a count: how answers are shortened. */
function expanded(text: string): string {
  return text
    .replaceAll(/\}(.)/gs, (_, one: string) => String.fromCharCode(one.charCodeAt(0) ^ 0x20))
    .replaceAll(/(.)\*(.)/gs, (_, one: string, count: string) =>
      one.repeat(count.charCodeAt(0) - 28),
    );
}

async function reached(path: string, patienceMs: number): Promise<Socket> {
  const untilMs = Date.now() + patienceMs;
  for (;;) {
    const socket = connect(path);
    const isThere = await new Promise<boolean>((done) => {
      socket.once('connect', () => {
        done(true);
      });
      socket.once('error', () => {
        done(false);
      });
    });
    if (isThere) return socket;
    if (Date.now() > untilMs) throw new Error(`nobody listens at ${path}`);
    await new Promise((wait) => setTimeout(wait, 20));
  }
}

/** `path` is that of a UNIX socket, which may not be there yet. */
export async function attach(path: string, patienceMs = 10_000): Promise<Gdb> {
  const socket = await reached(path, patienceMs);
  let heard = '';
  let waiting: ((answer: string) => void) | null = null;
  let gone: ((why: Error) => void) | null = null;
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('close', () => gone?.(new Error('the machine has gone')));
  socket.on('data', (octets) => {
    heard += octets.toString('latin1');
    const found = PACKET.exec(heard);
    if (found === null || waiting === null) return;
    heard = heard.slice(found.index + found[0].length);
    socket.write('+');
    const answer = waiting;
    waiting = null;
    answer(expanded(found[1] ?? ''));
  });
  return {
    ask: (packet) =>
      new Promise((done, fail) => {
        waiting = done;
        gone = fail;
        socket.write(`$${packet}#${checksum(packet)}`, 'latin1');
      }),
    interrupt: () => {
      socket.write(Buffer.of(3));
    },
    close: () => {
      socket.destroy();
    },
  };
}
