/**
 * Plain data: what a state, an input, an effect and a note are made of.
 * Values can be compared, hashed, cloned and sent to another thread; nothing in them acts.
 * A `Map`, a class, a closure or an `interface` is not assignable to `Plain`, on purpose.
 */
export type Plain =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly Plain[]
  | { readonly [field: string]: Plain | undefined };
