/** A program as a process under the kernel of a computer that nothing is connected to. */
import {
  createWorld,
  endOf,
  host,
  kernelSentence,
  look,
  proceedWorld,
  type EngineName,
  type Image,
  type KernelNote,
} from '../../simulator';
import type { Executed } from './executed';

const RAM_OCTETS = 0x800_0000;
const FOREVER = endOf(Number.MAX_SAFE_INTEGER / 2);
const NAME = 'computer';

/** Sentences of what ended badly. */
const WORTH_TELLING: readonly string[] = ['killed', 'refused'];

export function runProcess(image: Image, engine: EngineName, most: number): Executed {
  const program = { kind: 'machine', name: 'program', image, arguments: [], source: '' } as const;
  const bare = host(NAME, 'Computer', '02:00:00:00:00:01', '10.0.0.1/24', [program]);
  const spec = { seed: 1, hosts: [{ ...bare, ramOctets: RAM_OCTETS }], cables: [] };
  const world = createWorld(spec, engine);
  const told: string[] = [];
  const printed: Uint8Array[] = [];
  world.see.sink = {
    fine: false,
    move: ({ kind, what }) => {
      if (kind === 'print') printed.push((what as { readonly octets: Uint8Array }).octets);
    },
    note: ({ kind, what }) => {
      if (WORTH_TELLING.includes(kind)) told.push(kernelSentence(what as unknown as KernelNote));
    },
  };
  const exited = (): boolean =>
    look(world, { view: 'os', part: NAME })?.processes.every(({ state }) => state === 'exited') ??
    true;
  const instructions = (): number => {
    const view = look(world, { view: 'processor', part: NAME });
    return view?.kind === 'rv32' ? view.retired : 0;
  };
  let ended = false;
  while (!ended && instructions() < most && proceedWorld(world, FOREVER)) ended = exited();
  const status = look(world, { view: 'os', part: NAME })?.processes[0]?.status ?? null;
  const why = ended ? '' : `it did not exit within ${most} instructions, or waits for ever`;
  return {
    exit: ended ? status : null,
    tohost: null,
    instructions: instructions(),
    stdout: new Uint8Array(Buffer.concat(printed)),
    why: told.length > 0 ? told.join(' ') : why,
  };
}
