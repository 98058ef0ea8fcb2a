/** The host's side of IPv4: one door. */
export { isBroadcast, isOnLink, type Config } from './addresses';
export { fragment } from './fragment';
export * as reassembly from './reassembly';
export { DEFAULT_TTL, header, isFragment, nextIdentification, receive, route } from './ip';
