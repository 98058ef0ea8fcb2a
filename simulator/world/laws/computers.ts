/** Laws inside a computer: its processor and its kernel must agree on who runs and on what. */
import { processorOf, reachOf, runnersOf, type Stretch } from '../../host/statements';
import { nameOf, type ComputerPart } from '../parts';
import { first, witness, type Contradiction, type Law } from './law';

const hexadecimal = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

const stretchText = ({ from, to }: Stretch): string =>
  `${hexadecimal(from)} to before ${hexadecimal(to)}`;

function zero(part: ComputerPart): Contradiction | null {
  const processor = processorOf(part.at);
  if (processor === null || processor.x0 === 0) return null;
  const name = nameOf(part);
  return [
    witness(`${name}.cpu`, `x0 holds ${processor.x0}`),
    witness(`${name}.cpu`, 'x0 is always 0, whatever an instruction writes to it'),
  ];
}

const processes = (pids: readonly number[]): string => {
  if (pids.length === 0) return 'no process runs';
  return pids.length === 1 ? `process ${pids[0]} runs` : `processes ${pids.join(' and ')} run`;
};

/** The scheduler, the table of processes and the processor name the same one. */
function alone(part: ComputerPart): Contradiction | null {
  const { chosen, running } = runnersOf(part.at);
  const name = nameOf(part);
  const scheduler =
    chosen === null ? 'the CPU is given to nobody' : `process ${chosen} has the CPU`;
  const agreed = chosen === null ? running.length === 0 : running.length === 1;
  if (!agreed || (chosen !== null && running[0] !== chosen))
    return [witness(`${name}.os`, scheduler), witness(`${name}.os`, processes(running))];
  if (chosen === null && processorOf(part.at)?.isUser === true)
    return [witness(`${name}.os`, scheduler), witness(`${name}.cpu`, 'a program runs (user mode)')];
  return null;
}

function confined(part: ComputerPart): Contradiction | null {
  const found = reachOf(part.at);
  if (found === null) return null;
  const { pid, memory, reach } = found;
  if (memory.from === reach.from && memory.to === reach.to) return null;
  const name = nameOf(part);
  return [
    witness(`${name}.os`, `process ${pid} has the memory ${stretchText(memory)}`),
    witness(`${name}.cpu`, `its program may reach ${stretchText(reach)}`),
  ];
}

export const COMPUTER_LAWS = {
  'x0-is-zero': {
    means: 'Register x0 of every processor is 0.',
    broken: (world) => first(world.computers, zero),
  },
  'one-process-runs': {
    means: 'At most one process runs on a processor: the one that the scheduler chose.',
    broken: (world) => first(world.computers, alone),
  },
  'memory-is-private': {
    means: 'A program reaches the memory of its own process and no other.',
    broken: (world) => first(world.computers, confined),
  },
} as const satisfies { readonly [name: string]: Law };
