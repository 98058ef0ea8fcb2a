/**
 * A jack to the outside: whoever is there (a real kernel behind a TAP, a test) takes the frames
 * that arrive and sends frames by the input log. It keeps only a count.
 */
import { NONE, type Outcome } from '../contract/outcome';

export type State = { readonly received: number };
export type Input = { readonly kind: 'frame'; readonly octets: Uint8Array };
export type Note = { readonly kind: 'emerged'; readonly octets: Uint8Array };

export const START: State = { received: 0 };

export function step(state: State, input: Input): Outcome<State, never, Note> {
  return {
    state: { received: state.received + 1 },
    effects: NONE,
    notes: [{ kind: 'emerged', octets: input.octets }],
  };
}
