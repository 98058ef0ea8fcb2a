/**
 * Frames captured between two Linux 6.18 kernels on a pair of TAP devices (IPv6, SACK, window
 * scaling and time stamps off), without FCS and padding: an ARP exchange, a ping, a datagram to a
 * closed port, `curl` fetching a page, and a SYN to a closed port.
 */
export const CAPTURED: readonly { readonly name: string; readonly hex: string }[] = [
  {
    name: 'ARP request',
    hex: [
      'ffffffffffff02000000000a0806000108000604000102000000000a0a0000010000000000000a00',
      '0002',
    ].join(''),
  },
  {
    name: 'ARP reply',
    hex: [
      '02000000000a02000000000b0806000108000604000202000000000b0a00000202000000000a0a00',
      '0001',
    ].join(''),
  },
  {
    name: 'ICMP echo request',
    hex: [
      '02000000000b02000000000a08004500002706ab4000400120290a0000010a00000208007bd20007',
      '00016175746f63686974656374',
    ].join(''),
  },
  {
    name: 'ICMP echo reply',
    hex: [
      '02000000000a02000000000b080045000027ceb800004001981b0a0000020a000001000083d20007',
      '00016175746f63686974656374',
    ].join(''),
  },
  {
    name: 'UDP to a closed port',
    hex: [
      '02000000000b02000000000a08004500002116d1400040110ff90a0000010a0000020fa00009000d',
      '985668656c6c6f',
    ].join(''),
  },
  {
    name: 'ICMP port unreachable',
    hex: [
      '02000000000a02000000000b080045c0003dceb90000400197440a0000020a0000010303111e0000',
      '00004500002116d1400040110ff90a0000010a0000020fa00009000d985668656c6c6f',
    ].join(''),
  },
  {
    name: 'TCP SYN',
    hex: [
      '02000000000b02000000000a08004500002c9fb04000400687190a0000010a000002c0000050a225',
      'dba1000000006002faf04b1b0000020405b4',
    ].join(''),
  },
  {
    name: 'TCP SYN ACK',
    hex: [
      '02000000000a02000000000b08004500002c00004000400626ca0a0000020a0000010050c000ad36',
      'cae1a225dba26012faf0d2f10000020405b4',
    ].join(''),
  },
  {
    name: 'TCP ACK',
    hex: [
      '02000000000b02000000000a0800450000289fb140004006871c0a0000010a000002c0000050a225',
      'dba2ad36cae25010faf0eaae0000',
    ].join(''),
  },
  {
    name: 'HTTP request',
    hex: [
      '02000000000b02000000000a0800450000709fb24000400686d30a0000010a000002c0000050a225',
      'dba2ad36cae25018faf034ec0000474554202f20485454502f312e310d0a486f73743a2031302e30',
      '2e302e320d0a557365722d4167656e743a206175746f636869746563740d0a4163636570743a202a',
      '2f2a0d0a0d0a',
    ].join(''),
  },
  {
    name: 'TCP ACK of the request',
    hex: [
      '02000000000a02000000000b080045000028669840004006c0350a0000020a0000010050c000ad36',
      'cae2a225dbea5010faa8eaae0000',
    ].join(''),
  },
  {
    name: 'HTTP response',
    hex: [
      '02000000000a02000000000b080045000051669940004006c00b0a0000020a0000010050c000ad36',
      'cae2a225dbea5018faa8c9120000485454502f312e3120323030204f4b0d0a436f6e74656e742d4c',
      '656e6774683a20330d0a0d0a68690a',
    ].join(''),
  },
  {
    name: 'TCP ACK of the response',
    hex: [
      '02000000000b02000000000a0800450000289fb340004006871a0a0000010a000002c0000050a225',
      'dbeaad36cb0b5010fac7ea660000',
    ].join(''),
  },
  {
    name: 'TCP FIN of the server',
    hex: [
      '02000000000a02000000000b080045000028669a40004006c0330a0000020a0000010050c000ad36',
      'cb0ba225dbea5011faa8ea840000',
    ].join(''),
  },
  {
    name: 'TCP FIN of the client',
    hex: [
      '02000000000b02000000000a0800450000289fb44000400687190a0000010a000002c0000050a225',
      'dbeaad36cb0b5011fac7ea650000',
    ].join(''),
  },
  {
    name: "TCP ACK of the server's FIN",
    hex: [
      '02000000000b02000000000a0800450000289fb54000400687180a0000010a000002c0000050a225',
      'dbebad36cb0c5010fac6ea650000',
    ].join(''),
  },
  {
    name: "TCP ACK of the client's FIN",
    hex: [
      '02000000000a02000000000b080045000028669b40004006c0320a0000020a0000010050c000ad36',
      'cb0ca225dbeb5010faa7ea840000',
    ].join(''),
  },
  {
    name: 'TCP SYN to a closed port',
    hex: [
      '02000000000b02000000000a08004500002cf3044000400633c50a0000010a000002c00100511fef',
      '69a8000000006002faf03f490000020405b4',
    ].join(''),
  },
  {
    name: 'TCP RST',
    hex: [
      '02000000000a02000000000b08004500002800004000400626ce0a0000020a0000010051c0010000',
      '00001fef69a95014000051e30000',
    ].join(''),
  },
];

export function fromHex(hex: string): Uint8Array {
  const digits = hex.replaceAll(/\s/g, '');
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The captured frame called `name`. */
export function captured(name: string): Uint8Array {
  const row = CAPTURED.find((frame) => frame.name === name);
  if (row === undefined) throw new Error(`no captured frame ${name}`);
  return fromHex(row.hex);
}
