/** The host's side of IPv4: one door. */
export { isBroadcast, isOnLink, type Config } from './addresses';
export { DEFAULT_TTL, header, nextIdentification, receive, route } from './ip';
