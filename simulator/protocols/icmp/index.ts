/** ICMP as a host speaks it: one door to echo and errors. */
export { answers, receive, request } from './echo';
export { errorFor, quoted } from './error';
