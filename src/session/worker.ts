/** The engine's worker: a desk, and the browser's ways to post and to come back soon. */
import { alone } from '../../simulator';
import { scenarios } from '../catalogue';
import { Desk } from './desk';
import { Packer, type Parcel } from './parcel';
import type { Letter } from './protocol';

type Scope = {
  onmessage: ((event: MessageEvent<Letter>) => void) | null;
  readonly postMessage: (parcel: Parcel) => void;
};
const scope = self as unknown as Scope;

/** A message to oneself comes after those that have arrived, and sooner than a timer. */
const bell = new MessageChannel();
let called: (() => void) | null = null;
bell.port1.onmessage = () => {
  const go = called;
  called = null;
  go?.();
};

const packer = new Packer();
const desk = new Desk({
  scenarios,
  // A frame's octets share a buffer with others; alone they do not take those along.
  post: (post) => scope.postMessage(alone(packer.pack(post))),
  soon: (go) => {
    called = go;
    bell.port2.postMessage(null);
  },
  nowMs: () => performance.now(),
});
scope.onmessage = ({ data }) => desk.receive(data);
