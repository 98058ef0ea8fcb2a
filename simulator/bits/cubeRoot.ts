/**
 * The cube root, by Newton's method over multiplication and division alone: they are exact to the
 * last bit in every JavaScript engine, which Math.cbrt and `**` need not be.
 */

/** Of a number from 0 up to 2^96; the relative error is below 2^-50. */
export function cubeRoot(value: number): number {
  if (value <= 0) return 0;
  // Halved or doubled three bits at a time into 1 to 8, where the root lies between 1 and 2.
  let [scaled, scale] = [value, 1];
  while (scaled >= 8) [scaled, scale] = [scaled / 8, scale * 2];
  while (scaled < 1) [scaled, scale] = [scaled * 8, scale / 2];
  let root = 1.5;
  for (let turn = 0; turn < 6; turn++) root = (2 * root + scaled / (root * root)) / 3;
  return root * scale;
}
