/**
 * Measured hot loops: exempt from the rules on size, complexity and unchecked indexing.
 * One row a file (or folder), with the benchmark of tests/bench that proves the need.
 * @type {readonly { readonly files: string, readonly benchmark: string }[]}
 */
export const hot = [{ files: 'simulator/cpu/fast/**', benchmark: 'mips' }];
