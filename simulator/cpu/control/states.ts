/**
 * The control unit as tables: the states of a multi-cycle processor, the control signals of each,
 * and the transitions between them. After Harris and Harris, Digital Design and Computer
 * Architecture, RISC-V Edition, §7.4 (the pc moves on while fetching, a branch target is computed
 * while decoding, OldPC), with states for products, atomics, CSRs and traps. The screen draws from the same tables.
 */

export type StateName =
  | 'fetch'
  | 'decode'
  | 'executeRegister'
  | 'executeImmediate'
  | 'executeUpper'
  | 'executeUpperPc'
  | 'executeMultiply'
  | 'writeBack'
  | 'address'
  | 'read'
  | 'writeBackLoad'
  | 'write'
  | 'readReserved'
  | 'writeConditional'
  | 'readForStore'
  | 'modify'
  | 'choose'
  | 'writeModified'
  | 'branch'
  | 'jump'
  | 'jumpRegister'
  | 'link'
  | 'replaceCsr'
  | 'replaceCsrImmediate'
  | 'modifyCsr'
  | 'modifyCsrImmediate'
  | 'writeCsr'
  | 'call'
  | 'breakpoint'
  | 'return'
  | 'returnSupervisor'
  | 'translation'
  | 'wait'
  | 'save'
  | 'stack'
  | 'vector'
  | 'done';

/** `-` stands for "off" or "does not matter". */
type Off = '-';

export type Signals = {
  readonly state: StateName;
  /** What drives the address bus. */
  readonly address: 'pc' | 'result' | Off;
  /**
   * `fetch` reads into the instruction register, `read` into the data register; `reserve` reads
   * and reserves, `conditional` writes if that still holds, `forStore` reads what may be written.
   */
  readonly memory: 'fetch' | 'read' | 'write' | 'reserve' | 'conditional' | 'forStore' | Off;
  /**
   * The two operands, and what works on them: the ALU adds, does what the instruction says, or
   * compares; or the multiplier does what the instruction says. `length` is the instruction's, in
   * octets.
   */
  readonly aluA: 'pc' | 'oldPc' | 'a' | 'zero' | 'csr' | 'data' | Off;
  readonly aluB: 'length' | 'immediate' | 'a' | 'b' | Off;
  readonly alu: 'add' | 'row' | 'compare' | 'multiply' | Off;
  /** Where the result goes; `chosen`: b takes the first operand if the comparison holds. */
  readonly into: 'pc' | 'result' | 'b' | 'chosen' | Off;
  /** What is written to x[rd]. */
  readonly register: 'result' | 'data' | 'pc' | Off;
  /** What the pc takes: `taken` is the result, if the comparison holds. */
  readonly pc: 'result' | 'taken' | 'mepc' | 'sepc' | 'vector' | Off;
  /** What happens to the CSRs. */
  readonly csr: 'read' | 'write' | 'save' | 'stack' | 'unstack' | 'unstackSupervisor' | Off;
  /** What the control unit itself does. */
  readonly act: 'operands' | 'call' | 'breakpoint' | 'sleep' | 'forget' | Off;
};

type SignalRow = readonly [
  Signals['state'],
  Signals['address'],
  Signals['memory'],
  Signals['aluA'],
  Signals['aluB'],
  Signals['alu'],
  Signals['into'],
  Signals['register'],
  Signals['pc'],
  Signals['csr'],
  Signals['act'],
];

// prettier-ignore
const SIGNAL_ROWS: readonly SignalRow[] = [
// state                 address   memory         aluA     aluB         alu         into      x[rd]     pc        csr                  act
  ['fetch',               'pc',     'fetch',       'pc',    'length',    'add',      'pc',     '-',      '-',      '-',                 '-'],
  ['decode',              '-',      '-',           'oldPc', 'immediate', 'add',      'result', '-',      '-',      '-',                 'operands'],
  ['executeRegister',     '-',      '-',           'a',     'b',         'row',      'result', '-',      '-',      '-',                 '-'],
  ['executeImmediate',    '-',      '-',           'a',     'immediate', 'row',      'result', '-',      '-',      '-',                 '-'],
  ['executeUpper',        '-',      '-',           'zero',  'immediate', 'add',      'result', '-',      '-',      '-',                 '-'],
  ['executeUpperPc',      '-',      '-',           'oldPc', 'immediate', 'add',      'result', '-',      '-',      '-',                 '-'],
  ['executeMultiply',     '-',      '-',           'a',     'b',         'multiply', 'result', '-',      '-',      '-',                 '-'],
  ['writeBack',           '-',      '-',           '-',     '-',         '-',        '-',      'result', '-',      '-',                 '-'],
  ['address',             '-',      '-',           'a',     'immediate', 'add',      'result', '-',      '-',      '-',                 '-'],
  ['read',                'result', 'read',        '-',     '-',         '-',        '-',      '-',      '-',      '-',                 '-'],
  ['writeBackLoad',       '-',      '-',           '-',     '-',         '-',        '-',      'data',   '-',      '-',                 '-'],
  ['write',               'result', 'write',       '-',     '-',         '-',        '-',      '-',      '-',      '-',                 '-'],
  ['readReserved',        'result', 'reserve',     '-',     '-',         '-',        '-',      '-',      '-',      '-',                 '-'],
  ['writeConditional',    'result', 'conditional', '-',     '-',         '-',        '-',      '-',      '-',      '-',                 '-'],
  ['readForStore',        'result', 'forStore',    '-',     '-',         '-',        '-',      '-',      '-',      '-',                 '-'],
  ['modify',              '-',      '-',           'data',  'b',         'row',      'b',      '-',      '-',      '-',                 '-'],
  ['choose',              '-',      '-',           'data',  'b',         'compare',  'chosen', '-',      '-',      '-',                 '-'],
  ['writeModified',       'result', 'write',       '-',     '-',         '-',        '-',      '-',      '-',      '-',                 '-'],
  ['branch',              '-',      '-',           'a',     'b',         'compare',  '-',      '-',      'taken',  '-',                 '-'],
  ['jump',                '-',      '-',           'oldPc', 'immediate', 'add',      'result', '-',      '-',      '-',                 '-'],
  ['jumpRegister',        '-',      '-',           'a',     'immediate', 'add',      'result', '-',      '-',      '-',                 '-'],
  ['link',                '-',      '-',           '-',     '-',         '-',        '-',      'pc',     'result', '-',                 '-'],
  ['replaceCsr',          '-',      '-',           'zero',  'a',         'row',      'result', '-',      '-',      'read',              '-'],
  ['replaceCsrImmediate', '-',      '-',           'zero',  'immediate', 'row',      'result', '-',      '-',      'read',              '-'],
  ['modifyCsr',           '-',      '-',           'csr',   'a',         'row',      'result', '-',      '-',      'read',              '-'],
  ['modifyCsrImmediate',  '-',      '-',           'csr',   'immediate', 'row',      'result', '-',      '-',      'read',              '-'],
  ['writeCsr',            '-',      '-',           '-',     '-',         '-',        '-',      'data',   '-',      'write',             '-'],
  ['call',                '-',      '-',           '-',     '-',         '-',        '-',      '-',      '-',      '-',                 'call'],
  ['breakpoint',          '-',      '-',           '-',     '-',         '-',        '-',      '-',      '-',      '-',                 'breakpoint'],
  ['return',              '-',      '-',           '-',     '-',         '-',        '-',      '-',      'mepc',   'unstack',           '-'],
  ['returnSupervisor',    '-',      '-',           '-',     '-',         '-',        '-',      '-',      'sepc',   'unstackSupervisor', '-'],
  ['translation',         '-',      '-',           '-',     '-',         '-',        '-',      '-',      '-',      '-',                 'forget'],
  ['wait',                '-',      '-',           '-',     '-',         '-',        '-',      '-',      '-',      '-',                 'sleep'],
  ['save',                '-',      '-',           '-',     '-',         '-',        '-',      '-',      '-',      'save',              '-'],
  ['stack',               '-',      '-',           '-',     '-',         '-',        '-',      '-',      '-',      'stack',             '-'],
  ['vector',              '-',      '-',           '-',     '-',         '-',        '-',      '-',      'vector', '-',                 '-'],
  ['done',                '-',      '-',           '-',     '-',         '-',        '-',      '-',      '-',      '-',                 '-'],
];

/** The control signals of each state, in the order of the table. */
export const SIGNALS: readonly Signals[] = SIGNAL_ROWS.map((row) => {
  const [state, address, memory, aluA, aluB, alu, into, register, pc, csr, act] = row;
  return { state, address, memory, aluA, aluB, alu, into, register, pc, csr, act };
});

/** The way that an instruction takes out of decode; `rows.ts` names one for each instruction. */
export type Route =
  | 'register'
  | 'immediate'
  | 'upper'
  | 'upperPc'
  | 'multiply'
  | 'load'
  | 'store'
  | 'loadReserved'
  | 'storeConditional'
  | 'modify'
  | 'choose'
  | 'swap'
  | 'branch'
  | 'jump'
  | 'jumpRegister'
  | 'replaceCsr'
  | 'replaceCsrImmediate'
  | 'modifyCsr'
  | 'modifyCsrImmediate'
  | 'call'
  | 'breakpoint'
  | 'return'
  | 'returnSupervisor'
  | 'translation'
  | 'wait'
  | 'fence';

/** `fault`: an exception was raised. Any other condition is a route, or holds always. */
export type Condition = Route | 'always' | 'fault';

export type Transition = {
  readonly from: StateName;
  readonly on: Condition;
  readonly to: StateName;
};

const TRANSITION_ROWS: readonly (readonly [StateName, Condition, StateName])[] = [
  ['fetch', 'always', 'decode'],
  ['fetch', 'fault', 'save'],
  ['decode', 'fault', 'save'],
  ['decode', 'register', 'executeRegister'],
  ['decode', 'immediate', 'executeImmediate'],
  ['decode', 'upper', 'executeUpper'],
  ['decode', 'upperPc', 'executeUpperPc'],
  ['decode', 'multiply', 'executeMultiply'],
  ['decode', 'load', 'address'],
  ['decode', 'store', 'address'],
  ['decode', 'loadReserved', 'address'],
  ['decode', 'storeConditional', 'address'],
  ['decode', 'modify', 'address'],
  ['decode', 'choose', 'address'],
  ['decode', 'swap', 'address'],
  ['decode', 'branch', 'branch'],
  ['decode', 'jump', 'jump'],
  ['decode', 'jumpRegister', 'jumpRegister'],
  ['decode', 'replaceCsr', 'replaceCsr'],
  ['decode', 'replaceCsrImmediate', 'replaceCsrImmediate'],
  ['decode', 'modifyCsr', 'modifyCsr'],
  ['decode', 'modifyCsrImmediate', 'modifyCsrImmediate'],
  ['decode', 'call', 'call'],
  ['decode', 'breakpoint', 'breakpoint'],
  ['decode', 'return', 'return'],
  ['decode', 'returnSupervisor', 'returnSupervisor'],
  ['decode', 'translation', 'translation'],
  ['decode', 'wait', 'wait'],
  ['decode', 'fence', 'done'],
  ['executeRegister', 'always', 'writeBack'],
  ['executeImmediate', 'always', 'writeBack'],
  ['executeUpper', 'always', 'writeBack'],
  ['executeUpperPc', 'always', 'writeBack'],
  ['executeMultiply', 'always', 'writeBack'],
  ['writeBack', 'always', 'done'],
  ['address', 'load', 'read'],
  ['address', 'store', 'write'],
  ['address', 'loadReserved', 'readReserved'],
  ['address', 'storeConditional', 'writeConditional'],
  ['address', 'modify', 'readForStore'],
  ['address', 'choose', 'readForStore'],
  ['address', 'swap', 'readForStore'],
  ['read', 'always', 'writeBackLoad'],
  ['read', 'fault', 'save'],
  ['writeBackLoad', 'always', 'done'],
  ['write', 'always', 'done'],
  ['write', 'fault', 'save'],
  ['readReserved', 'always', 'writeBackLoad'],
  ['readReserved', 'fault', 'save'],
  ['writeConditional', 'always', 'writeBackLoad'],
  ['writeConditional', 'fault', 'save'],
  ['readForStore', 'modify', 'modify'],
  ['readForStore', 'choose', 'choose'],
  ['readForStore', 'swap', 'writeModified'],
  ['readForStore', 'fault', 'save'],
  ['modify', 'always', 'writeModified'],
  ['choose', 'always', 'writeModified'],
  ['writeModified', 'always', 'writeBackLoad'],
  ['writeModified', 'fault', 'save'],
  ['branch', 'always', 'done'],
  ['jump', 'always', 'link'],
  ['jumpRegister', 'always', 'link'],
  ['link', 'always', 'done'],
  ['replaceCsr', 'always', 'writeCsr'],
  ['replaceCsr', 'fault', 'save'],
  ['replaceCsrImmediate', 'always', 'writeCsr'],
  ['replaceCsrImmediate', 'fault', 'save'],
  ['modifyCsr', 'always', 'writeCsr'],
  ['modifyCsr', 'fault', 'save'],
  ['modifyCsrImmediate', 'always', 'writeCsr'],
  ['modifyCsrImmediate', 'fault', 'save'],
  ['writeCsr', 'always', 'done'],
  ['call', 'fault', 'save'],
  ['breakpoint', 'fault', 'save'],
  ['return', 'always', 'done'],
  ['return', 'fault', 'save'],
  ['returnSupervisor', 'always', 'done'],
  ['returnSupervisor', 'fault', 'save'],
  ['translation', 'always', 'done'],
  ['translation', 'fault', 'save'],
  ['wait', 'always', 'done'],
  ['wait', 'fault', 'save'],
  ['save', 'always', 'stack'],
  ['stack', 'always', 'vector'],
  ['vector', 'always', 'done'],
];

export const TRANSITIONS: readonly Transition[] = TRANSITION_ROWS.map(([from, on, to]) => ({
  from,
  on,
  to,
}));

const NEXT = new Map<StateName, Map<Condition, StateName>>();
for (const { from, on, to } of TRANSITIONS) {
  const out = NEXT.get(from) ?? new Map<Condition, StateName>();
  NEXT.set(from, out.set(on, to));
}

/** Where the control unit goes from `from`: what the table says of `on`, else of `always`. */
export function nextState(from: StateName, on: Condition): StateName | undefined {
  const out = NEXT.get(from);
  return out?.get(on) ?? (on === 'fault' ? undefined : out?.get('always'));
}
