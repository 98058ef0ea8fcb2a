/** The workload in a browser's worker: the program comes in, what it took goes out. */
import { work } from './workload';

addEventListener('message', ({ data }: MessageEvent<Uint8Array>) => {
  postMessage(work(data));
});
