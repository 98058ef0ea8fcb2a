/* Code from a header, so that a program has lines of two files in two folders. */
static inline __attribute__((always_inline)) int weigh(int value, int by) {
  int sum = 0;
  for (int at = 0; at < by; at++)
    sum += value ^ at;
  return sum;
}
