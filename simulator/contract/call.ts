/**
 * System calls by number and by name: Linux's generic table, which RISC-V uses
 * (include/uapi/asm-generic/unistd.h), and its error numbers (asm-generic/errno*.h).
 */
export const CALL = {
  close: 57,
  read: 63,
  write: 64,
  exit: 93,
  exit_group: 94,
  nanosleep: 101,
  clock_gettime: 113,
  sched_yield: 124,
  getpid: 172,
  socket: 198,
  bind: 200,
  listen: 201,
  accept: 202,
  connect: 203,
  sendto: 206,
  recvfrom: 207,
  brk: 214,
} as const;

export type CallName = keyof typeof CALL;

export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EINVAL: 22,
  EMFILE: 24,
  EPIPE: 32,
  ENOSYS: 38,
  ENOTSOCK: 88,
  EDESTADDRREQ: 89,
  EMSGSIZE: 90,
  EPROTONOSUPPORT: 93,
  EOPNOTSUPP: 95,
  EAFNOSUPPORT: 97,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETUNREACH: 101,
  ECONNABORTED: 103,
  ECONNRESET: 104,
  EISCONN: 106,
  ENOTCONN: 107,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
} as const;

export type ErrorName = keyof typeof ERRNO;
