/** What an instruction is told beside its name. */
/** Registers are 0 to 31. A field that the format does not have is 0. */
export type Operands = {
  readonly rd: number;
  readonly rs1: number;
  readonly rs2: number;
  /**
   * Signed: octets for branches and jumps; bits 31:12 in place for lui; fm, pred, succ for fence;
   * aq (2) and rl (1) for atomics.
   */
  readonly imm: number;
  /** Number of the CSR, 0 to 4095. */
  readonly csr: number;
  /** The unsigned 5-bit immediate of the CSR instructions. */
  readonly zimm: number;
};
