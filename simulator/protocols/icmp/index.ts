/** ICMP as a host speaks it: one door to echo and errors. */
export { answers, receive, request, type Received } from './echo';
export { errorFor, quoted, type Answer, type Cause, type Quoted } from './error';
