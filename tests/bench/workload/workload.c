/*
 * What the speed of an engine is measured by: sieve, matrix product, sort and CRC-32, ROUNDS times.
 * Every round's checksums are compared with those of the first, and those with the numbers that
 * stand below, which a second compiler (of the machine that built this) found, too.
 */
typedef unsigned int u32;
typedef unsigned char u8;

#ifndef ROUNDS
#define ROUNDS 10
#endif

enum { SIEVE = 200000, SIDE = 60, SORTED = 12000, MESSAGE = 60000 };

static u8 composite[SIEVE + 1];
static int left[SIDE][SIDE], right[SIDE][SIDE], product[SIDE][SIDE];
static u32 values[SORTED];
static u8 message[MESSAGE];
static u32 table[256];

static u32 seed;

/* Numerical Recipes' linear congruential generator. */
static u32 next(void) { return seed = seed * 1664525u + 1013904223u; }

/** How many primes there are up to SIEVE (Eratosthenes). */
static u32 sieve(void) {
  u32 count = 0;
  for (u32 n = 0; n <= SIEVE; n++) composite[n] = 0;
  for (u32 n = 2; n <= SIEVE; n++) {
    if (composite[n]) continue;
    count++;
    for (u32 m = n + n; m <= SIEVE; m += n) composite[m] = 1;
  }
  return count;
}

static u32 matrix(void) {
  u32 sum = 0;
  for (int i = 0; i < SIDE; i++)
    for (int j = 0; j < SIDE; j++) {
      left[i][j] = (int)(next() >> 20) - 2048;
      right[i][j] = (int)(next() >> 20) - 2048;
    }
  for (int i = 0; i < SIDE; i++)
    for (int j = 0; j < SIDE; j++) {
      int cell = 0;
      for (int k = 0; k < SIDE; k++) cell += left[i][k] * right[k][j];
      product[i][j] = cell;
    }
  for (int i = 0; i < SIDE; i++)
    for (int j = 0; j < SIDE; j++) sum = sum * 31 + (u32)product[i][j];
  return sum;
}

/* Hoare's quicksort; the shorter side first, so that the stack stays small. */
static void sort(int low, int high) {
  while (low < high) {
    u32 pivot = values[low + (high - low) / 2];
    int i = low, j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      u32 kept = values[i];
      values[i++] = values[j];
      values[j--] = kept;
    }
    if (j - low < high - i) {
      sort(low, j);
      low = i;
    } else {
      sort(i, high);
      high = j;
    }
  }
}

static u32 sorted(void) {
  u32 sum = 0;
  for (int n = 0; n < SORTED; n++) values[n] = next();
  sort(0, SORTED - 1);
  for (int n = 0; n < SORTED; n++) {
    if (n > 0 && values[n - 1] > values[n]) return 0;
    sum = sum * 31 + values[n];
  }
  return sum;
}

/** CRC-32 of IEEE 802.3, with a table. */
static u32 crc(void) {
  u32 sum = ~0u;
  for (u32 n = 0; n < 256; n++) {
    u32 word = n;
    for (int bit = 0; bit < 8; bit++) word = word & 1 ? word >> 1 ^ 0xedb88320u : word >> 1;
    table[n] = word;
  }
  for (int n = 0; n < MESSAGE; n++) message[n] = (u8)(next() >> 24);
  for (int n = 0; n < MESSAGE; n++) sum = table[(sum ^ message[n]) & 255] ^ sum >> 8;
  return ~sum;
}

/** 0 when every checksum is right, otherwise the number of the part that was wrong. */
int work(void) {
  for (int round = 0; round < ROUNDS; round++) {
    seed = 1;
    if (sieve() != 17984u) return 1;
    if (matrix() != 1535955154u) return 2;
    if (sorted() != 2149075042u) return 3;
    if (crc() != 2767154771u) return 4;
  }
  return 0;
}
