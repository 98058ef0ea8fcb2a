/** The echo service (RFC 862) and the discard service (RFC 863) over TCP. */
import type { Plain } from '../../contract/plain';
import { portOf } from './arguments';
import { tcpServer, type Answer, type Service } from './tcpServer';

const reply = (write: Uint8Array | null, isLast = false): Answer<null> => ({
  state: null,
  write,
  isLast,
});

const service = (
  name: string,
  standardPort: number,
  received: (octets: Uint8Array) => Answer<null>,
) => {
  return (given: Plain): Service<null> | string => {
    const port = portOf(given, standardPort);
    if (typeof port === 'string') return port;
    return {
      name,
      port,
      cyclesPerOctet: 0,
      opened: null,
      received: (_, octets) => (octets.length === 0 ? reply(null, true) : received(octets)),
      written: () => reply(null),
    };
  };
};

/** Sends back whatever it receives, until the caller has said everything. */
export const ECHO = tcpServer(service('echo', 7, (octets) => reply(octets)));

/** Throws away whatever it receives. */
export const DISCARD = tcpServer(service('discard', 9, () => reply(null)));
