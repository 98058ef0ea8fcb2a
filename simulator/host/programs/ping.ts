/**
 * ping(8), as iputils has it: echo requests over a datagram ICMP socket, one line for each answer,
 * statistics at the end. With `outstanding` it floods: so many requests are kept in flight, the
 * next goes out as soon as an answer comes, and only the statistics are printed. Exits with 0 when
 * an answer came, 1 when none did, 2 when it could not begin.
 */
import { formatIpv4 } from '../../contract/address';
import type { ErrorName } from '../../contract/call';
import { NONE, type Outcome } from '../../contract/outcome';
import type { Plain } from '../../contract/plain';
import type { Program, ProgramEffect, ProgramInput, Reply } from '../../contract/program';
import type { SystemCall } from '../../contract/program';
import type { Nanos } from '../../contract/time';
import * as icmp from '../../wire/icmp';
import { parseArguments } from './pingArguments';
import { answerLine, headLine, statisticsLines } from './pingLines';
import { start, tallied, type Sent, type State } from './pingState';
import { ascii } from './text';

type Next = Outcome<State | null, ProgramEffect, never>;

const SOCKET = 1;
const SEND = 2;
const RECEIVE = 3;
const SLEEP = 4;
const PRINT = 5;
const EXIT = 6;

const OUTPUT = 1;
const ERRORS = 2;
const RECEIVE_OCTETS = 65_536;

const call = (tag: number, made: SystemCall): ProgramEffect => ({ kind: 'call', tag, call: made });
const print = (text: string, fd = OUTPUT): ProgramEffect =>
  call(PRINT, { kind: 'write', fd, octets: ascii(text) });
const exit = (status: number): ProgramEffect => call(EXIT, { kind: 'exit', status });
const sleep = (delayNs: number): ProgramEffect => call(SLEEP, { kind: 'nanosleep', delayNs });
const receive = ({ fd }: State): ProgramEffect =>
  call(RECEIVE, { kind: 'recvfrom', fd, maxOctets: RECEIVE_OCTETS });

const next = (state: State | null, ...effects: readonly ProgramEffect[]): Next => ({
  state,
  effects: effects.length === 0 ? NONE : effects,
  notes: NONE,
});

function begin(given: Plain, now: Nanos): Next {
  const asked = parseArguments(given);
  if (typeof asked === 'string') return next(null, print(`ping: ${asked}\n`, ERRORS), exit(2));
  return next(start(asked, now), call(SOCKET, { kind: 'socket', socket: 'icmp' }));
}

const ERROR_TEXTS: { readonly [name in ErrorName]?: string } = {
  ENETUNREACH: 'Network is unreachable',
  EHOSTUNREACH: 'Destination Host Unreachable',
  EMSGSIZE: 'Message too long',
  EPERM: 'Operation not permitted',
};

const textOf = (error: ErrorName): string => ERROR_TEXTS[error] ?? error;

function opened(state: State, reply: Reply, now: Nanos): Next {
  if (!reply.ok)
    return next(state, print(`ping: socket: ${textOf(reply.error)}\n`, ERRORS), exit(2));
  const open = { ...state, fd: reply.value };
  const { asked } = state;
  const effects = [print(headLine(open))];
  const sent = asked.outstanding > 0 ? fill(open, now, effects) : sendOne(open, now, effects);
  const delayNs = asked.outstanding > 0 ? asked.timeoutNs : pauseNs(sent);
  effects.push(receive(open), sleep(delayNs));
  return { state: sent, effects, notes: NONE };
}

const allSent = ({ asked, transmitted }: State): boolean =>
  asked.count > 0 && transmitted >= asked.count;

/** How long until the next request, or until the last answer is given up. */
const pauseNs = (state: State): number =>
  allSent(state) ? state.asked.timeoutNs : state.asked.intervalNs;

/** Sends a request by one more of `effects`; so does {@link fill}. A flood comes here all the time. */
function sendOne(state: State, now: Nanos, effects: ProgramEffect[]): State {
  const { fd, asked } = state;
  const transmitted = state.transmitted + 1;
  const sequence = transmitted % 0x1_0000;
  const octets = icmp.emit({
    kind: 'echo',
    identifier: 0,
    sequence,
    payload: payloadOf(asked.payloadOctets),
  });
  const endpoint = { address: asked.destination, port: 0 };
  effects.push(call(SEND, { kind: 'sendto', fd, octets, endpoint }));
  return tallied(state, {
    transmitted,
    received: state.received,
    unanswered: [...state.unanswered, { sequence, atNs: now }],
    times: state.times,
  });
}

let payload = new Uint8Array(0);

/**
 * As iputils fills what its time stamp leaves: every octet is its own offset. Nobody changes it, so
 * the next request of the same length has it again.
 */
function payloadOf(lengthOctets: number): Uint8Array {
  if (payload.length !== lengthOctets)
    payload = Uint8Array.from({ length: lengthOctets }, (_, offset) => offset);
  return payload;
}

/** Of a flood: as many requests as may be in flight. */
function fill(state: State, now: Nanos, effects: ProgramEffect[]): State {
  let filled = state;
  while (filled.unanswered.length < state.asked.outstanding && !allSent(filled))
    filled = sendOne(filled, now, effects);
  return filled;
}

function finish(state: State, now: Nanos): Next {
  const status = state.received > 0 ? 0 : 1;
  return next({ ...state, finished: true }, print(statisticsLines(state, now)), exit(status));
}

function answered(state: State, reply: Reply, now: Nanos): Next {
  if (!reply.ok) return failed(state, reply.error, now);
  const message = icmp.parse(reply.octets ?? new Uint8Array(0));
  if (!message.ok || message.value.kind !== 'echoReply') return next(state, receive(state));
  const { sequence } = message.value;
  const sent = state.unanswered.find((request) => request.sequence === sequence);
  const elapsedNs = sent === undefined ? null : now - sent.atNs;
  const counted = count(state, sent, elapsedNs);
  const after = goOn(counted, now);
  if (state.asked.outstanding > 0) return after;
  const lengthOctets = message.value.payload.length + icmp.HEADER_OCTETS;
  const from = formatIpv4(reply.peer?.address ?? state.asked.destination);
  const printed = print(
    answerLine({ from, lengthOctets, sequence, ttl: reply.ttl ?? 0 }, elapsedNs),
  );
  return { ...after, effects: [printed, ...after.effects] };
}

function count(state: State, sent: Sent | undefined, elapsedNs: number | null): State {
  if (elapsedNs === null) return { ...state, duplicates: state.duplicates + 1 };
  const { shortestNs, longestNs, sumNs } = state.times;
  return tallied(state, {
    transmitted: state.transmitted,
    received: state.received + 1,
    unanswered: state.unanswered.filter((request) => request !== sent),
    times: {
      shortestNs: Math.min(shortestNs, elapsedNs),
      longestNs: Math.max(longestNs, elapsedNs),
      sumNs: sumNs + elapsedNs,
    },
  });
}

/** After an answer: a flood sends the next request; when all are answered the end is come. */
function goOn(state: State, now: Nanos): Next {
  if (allSent(state) && state.unanswered.length === 0) return finish(state, now);
  if (state.asked.outstanding === 0) return next(state, receive(state));
  const effects: ProgramEffect[] = [];
  const filled = fill(state, now, effects);
  effects.push(receive(state));
  return { state: filled, effects, notes: NONE };
}

const complaint = (sequence: number | undefined, error: ErrorName): ProgramEffect =>
  print(`ping: ${sequence === undefined ? '' : `icmp_seq=${sequence} `}${textOf(error)}\n`, ERRORS);

/** An error of the socket stands for the oldest request. */
function failed(state: State, error: ErrorName, now: Nanos): Next {
  const [oldest, ...unanswered] = state.unanswered;
  const after = goOn({ ...state, errors: state.errors + 1, unanswered }, now);
  return { ...after, effects: [complaint(oldest?.sequence, error), ...after.effects] };
}

/** A request that the kernel would not send; a flood tries again when it next wakes. */
function sendFailed(state: State, error: ErrorName, now: Nanos): Next {
  const unanswered = state.unanswered.slice(0, -1);
  const without = { ...state, errors: state.errors + 1, unanswered };
  const said = complaint(state.unanswered.at(-1)?.sequence, error);
  if (!allSent(without) || unanswered.length > 0) return next(without, said);
  const after = finish(without, now);
  return { ...after, effects: [said, ...after.effects] };
}

function slept(state: State, now: Nanos): Next {
  if (state.asked.outstanding > 0) return floodSlept(state, now);
  if (allSent(state)) return finish(state, now);
  const last = state.unanswered.at(-1)?.sequence;
  const effects = last === state.transmitted % 0x1_0000 ? [lateLine(last)] : [];
  const sent = sendOne(inTime(state, now), now, effects);
  effects.push(sleep(pauseNs(sent)));
  return { state: sent, effects, notes: NONE };
}

const lateLine = (sequence: number): ProgramEffect =>
  print(`no answer yet for icmp_seq=${sequence}\n`);

/** Without the requests that were not answered in time. */
function inTime(state: State, now: Nanos): State {
  const { transmitted, received, times, asked } = state;
  const unanswered = state.unanswered.filter(({ atNs }) => atNs + asked.timeoutNs > now);
  // The same shape as after every other step, or a flood's optimised code is thrown away here.
  return tallied(state, { transmitted, received, unanswered, times });
}

/** Of a flood: what was not answered in time is lost, and others take its place. */
function floodSlept(state: State, now: Nanos): Next {
  const { timeoutNs } = state.asked;
  const effects: ProgramEffect[] = [];
  const sent = fill(inTime(state, now), now, effects);
  const oldest = sent.unanswered[0];
  if (oldest === undefined) return finish(sent, now);
  effects.push(sleep(oldest.atNs + timeoutNs - now));
  return { state: sent, effects, notes: NONE };
}

function returned(state: State, tag: number, reply: Reply, now: Nanos): Next {
  switch (tag) {
    case SOCKET:
      return opened(state, reply, now);
    case RECEIVE:
      return answered(state, reply, now);
    case SLEEP:
      return slept(state, now);
    case SEND:
      return reply.ok ? next(state) : sendFailed(state, reply.error, now);
    default:
      return next(state);
  }
}

function step(state: Plain, input: ProgramInput, now: Nanos): Outcome<Plain, ProgramEffect, never> {
  if (input.kind === 'start') return begin(input.arguments, now);
  const known = state as State | null;
  if (known === null || known.finished) return next(known);
  return returned(known, input.tag, input.reply, now);
}

export const PING: Program = { start: null, step };
