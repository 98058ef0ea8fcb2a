import { describe, expect, test } from 'vitest';
import { PHASES, ROWS, accept, listen, open, unlisten } from '../../../../simulator/protocols/tcp';
import type { Event, Phase, Row } from '../../../../simulator/protocols/tcp';
import { follow } from '../../../../simulator/protocols/tcp/table';
import { hear, inPhase, OPENING, PEER, say, tell, text, wake, wanted, type Lone } from './lone';

type Connected = Exclude<Phase, 'LISTEN'>;
type Happens = Exclude<Event, 'active open' | 'passive open'>;

/** How each event comes about, by what the peer sends, the program asks, or time that passes. */
const HAPPEN: Readonly<Record<Happens, (lone: Lone) => void>> = {
  close: (lone) => tell(lone, { kind: 'close' }),
  abort: (lone) => tell(lone, { kind: 'abort' }),
  syn: (lone) => hear(lone, 'syn', { sequence: wanted(lone), acknowledgment: 0 }),
  'syn and ack': (lone) => hear(lone, 'syn ack', { sequence: PEER }),
  'ack of syn': (lone) => hear(lone, 'ack', { sequence: wanted(lone) }),
  fin: (lone) => {
    const { una } = lone.state.send;
    // In TIME-WAIT it can only be the one that is known already.
    const sequence = lone.state.phase === 'TIME-WAIT' ? PEER + 1 : wanted(lone);
    hear(lone, 'fin ack', { sequence, acknowledgment: una });
  },
  'ack of fin': (lone) =>
    hear(lone, 'ack', { sequence: wanted(lone), acknowledgment: lone.state.send.max }),
  reset: (lone) => hear(lone, 'rst ack', { sequence: wanted(lone) }),
  timeout: (lone) => {
    const { phase } = lone.state;
    if (phase === 'TIME-WAIT') return;
    if (phase === 'ESTABLISHED' || phase === 'CLOSE-WAIT')
      tell(lone, { kind: 'send', octets: text('x') });
    while (lone.state.phase === phase && wake(lone));
  },
  '2 msl': (lone) => {
    if (lone.state.timers.timeWait === lone.state.wakeAt) wake(lone);
  },
};

const events = Object.keys(HAPPEN) as Happens[];
const connected = PHASES.filter((phase) => phase !== 'LISTEN') as Connected[];

describe('what opens', () => {
  const taken = new Map<string, string>([
    ['CLOSED passive open', listen(OPENING.local).state.phase],
    ['CLOSED active open', open(OPENING).state.phase],
    ['LISTEN syn', accept(say('syn', { sequence: PEER }), OPENING).state?.phase ?? 'none'],
    ['LISTEN close', unlisten(listen(OPENING.local).state).state.phase],
  ]);
  const rows: readonly Row[] = ROWS.filter(
    ([from, event]) => from === 'LISTEN' || event.endsWith('open'),
  );
  test.each(rows)('%s by %s to %s', (from, event, to) => {
    expect(taken.get(`${from} ${event}`)).toBe(to);
  });
});

describe('every row is a way that the machine goes', () => {
  const rows = ROWS.filter(([from, event]) => from !== 'LISTEN' && !event.endsWith('open'));
  test.each(rows)('%s by %s to %s', (from, event, to) => {
    const lone = inPhase(from as Connected);
    expect(lone.state.phase).toBe(from);
    lone.log.length = 0;
    HAPPEN[event as Happens](lone);
    expect(lone.state.phase).toBe(to);
    expect(lone.log).toContain('changed');
  });
});

/** An ACK of our SYN in SYN-RECEIVED is one of everything sent. */
const SAME: ReadonlySet<string> = new Set(['SYN-RECEIVED ack of fin']);

describe('and there is no other', () => {
  const none = connected.flatMap((from) =>
    events
      .filter((event) => !ROWS.some((row) => row[0] === from && row[1] === event))
      .filter((event) => !SAME.has(`${from} ${event}`))
      .map((event) => [from, event] as const),
  );
  test.each(none)('%s stays at %s', (from, event) => {
    const lone = inPhase(from);
    HAPPEN[event](lone);
    expect(lone.state.phase).toBe(from);
    expect(() => follow(from, event)).toThrow('no way out');
  });
});

describe('the table', () => {
  test('has each state and each pair once', () => {
    expect(new Set(ROWS.map(([from]) => from))).toEqual(new Set(PHASES));
    expect(new Set(ROWS.map(([, , to]) => to))).toEqual(new Set(PHASES));
    expect(new Set(ROWS.map(([from, event]) => `${from} ${event}`)).size).toBe(ROWS.length);
  });

  test.each(ROWS)('%s by %s to %s names a section', (_from, _event, _to, section, words) => {
    expect(section).toMatch(/^3\.10\.\d(\.\d)?$/);
    expect(words).toMatch(/^[a-z]/i);
  });
});
