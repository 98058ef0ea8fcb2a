/**
 * One TCP connection (RFC 9293): an input in, segments and news for the program out. The caller
 * owns clock and wire, finds the connection by its two endpoints, and wakes it at `state.wakeAt`.
 */
import { unreachable } from '../../contract/outcome';
import type { Nanos } from '../../contract/time';
import { arrive } from './arrive';
import { abort, close, read, send } from './calls';
import { begin, finish, type Draft } from './draft';
import { pump } from './send';
import type { Settings } from './settings';
import type { Input, Next, State } from './state';
import { arm, expire } from './timers';
import { transmitAck } from './transmit';

export function step(state: State, input: Input, now: Nanos): Next {
  const draft = begin(input.kind === 'set' ? turned(state, input.settings) : state, now);
  perform(draft, input);
  return conclude(draft);
}

const turned = (state: State, settings: Partial<Settings>): State => ({
  ...state,
  settings: { ...state.settings, ...settings },
});

/** What may be sent goes; an ACK that is owed rides on it or goes alone, at once. */
export function conclude(draft: Draft): Next {
  pump(draft);
  if (draft.owesAck) transmitAck(draft);
  arm(draft);
  return finish(draft);
}

function perform(draft: Draft, input: Input): void {
  switch (input.kind) {
    case 'segment':
      arrive(draft, input.segment);
      return;
    case 'send':
      send(draft, input.octets);
      return;
    case 'read':
      read(draft, input.maxOctets);
      return;
    case 'close':
      close(draft);
      return;
    case 'abort':
      abort(draft);
      return;
    case 'wake':
      expire(draft);
      return;
    case 'set':
      return;
    default:
      unreachable(input);
  }
}
