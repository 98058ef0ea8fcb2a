#!/usr/bin/env bash
# Builds the workload anew with Debian's gcc-riscv64-unknown-elf; what it makes is kept beside it,
# so that nobody needs a cross-compiler to measure.
set -euo pipefail
cd "$(dirname "$0")"
flags=(-march=rv32imac_zicsr -mabi=ilp32 -O2 -fwrapv -ffreestanding -nostdlib -static -fno-pic
  -mno-relax -fno-tree-loop-distribute-patterns -Wl,--build-id=none -Wl,--no-warn-rwx-segments)
build() {
  local name=$1 rounds=$2 start=$3
  shift 3
  riscv64-unknown-elf-gcc "${flags[@]}" -DROUNDS="$rounds" "$@" -o "$name.elf" "$start" workload.c
}
build bare-120m 14 start.s -T link.ld
build bare-3g 352 start.s -T link.ld
build linux-120m 14 linux.s -Wl,-Ttext=0x80010000
build linux-3g 352 linux.s -Wl,-Ttext=0x80010000
