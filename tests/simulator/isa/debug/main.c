#include "lib/weigh.h"

volatile int scale = 7;

int half(int value) { return value / 2; }

__attribute__((section(".text.far"))) int far(int value) {
  return weigh(value, scale);
}

void _start(void) {
  int value = half(84);
  while (value > 0)
    value -= far(value);
  for (;;)
    scale = value;
}
