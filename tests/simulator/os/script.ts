/** A modelled program that makes the calls it was given, one after another, and keeps the replies. */
import type { Plain } from '../../../simulator/contract/plain';
import type {
  Program,
  ProgramEffect,
  Reply,
  SystemCall,
} from '../../../simulator/contract/program';
import { NONE } from '../../../simulator/contract/outcome';

export type Scripted = { readonly program: Program; readonly replies: Reply[] };

type State = { readonly next: number };

/** The program never exits by itself: its last call may, and its descriptors stay open. */
export function script(...calls: readonly SystemCall[]): Scripted {
  const replies: Reply[] = [];
  const call = (index: number): readonly ProgramEffect[] => {
    const made = calls[index];
    return made === undefined ? NONE : [{ kind: 'call', tag: index, call: made }];
  };
  const program: Program = {
    start: { next: 0 },
    step: (state: Plain, input) => {
      const { next } = state as State;
      if (input.kind === 'returned') replies.push(input.reply);
      return { state: { next: next + 1 }, effects: call(next), notes: NONE };
    },
  };
  return { program, replies };
}

/** What a reply says, short: the value, the error, or the octets as text. */
export function told(reply: Reply): string | number {
  if (!reply.ok) return reply.error;
  if (reply.octets === undefined) return reply.value;
  return String.fromCharCode(...reply.octets);
}

export const octets = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => letter.charCodeAt(0));
