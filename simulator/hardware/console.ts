/**
 * The console: what was printed, and what was typed and not read yet. Its registers are those of a
 * 16550 (data at +0, line status at +5: bit 0 data ready, bits 5 and 6 transmitter empty).
 */
import { append, drop, EMPTY, slice, type Octets } from '../contract/octets';

export type State = {
  readonly printed: Octets;
  readonly typed: Octets;
};

export const START: State = { printed: EMPTY, typed: EMPTY };

const DATA = 0;
const STATUS = 5;
const STATUS_READY = 0x01;
const STATUS_EMPTY = 0x60;

export function print(state: State, octets: Uint8Array): State {
  return { ...state, printed: append(state.printed, octets) };
}

export function type(state: State, octets: Uint8Array): State {
  return { ...state, typed: append(state.typed, octets) };
}

/** All that was typed, taken. */
export function take(state: State): { readonly state: State; readonly octets: Uint8Array } {
  const octets = slice(state.typed, 0, state.typed.length);
  return { state: { ...state, typed: EMPTY }, octets };
}

/** A register read; reading the data register takes an octet (0 when there is none). */
export function load(
  state: State,
  offset: number,
): { readonly state: State; readonly value: number } {
  if (offset === STATUS)
    return { state, value: STATUS_EMPTY | (state.typed.length > 0 ? STATUS_READY : 0) };
  if (offset !== DATA || state.typed.length === 0) return { state, value: 0 };
  const value = slice(state.typed, 0, 1)[0] ?? 0;
  return { state: { ...state, typed: drop(state.typed, 1) }, value };
}

/** A register write; only the data register does something. */
export function store(state: State, offset: number, value: number): State {
  return offset === DATA ? print(state, Uint8Array.of(value & 255)) : state;
}
