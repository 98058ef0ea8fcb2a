/** What the insides of the parts ask of the engine, and of whom. */
import type { Query } from '../../simulator';
import type { Frame, Places } from '../layout/camera';

/** The session. */
export type Asker = {
  watch: (key: string, query: Query) => void;
  unwatch: (key: string) => void;
};

/** How near the stage is looked at. */
export type Near = {
  frame: Frame | null;
  /** Where the memory of each computer was touched last. */
  touched: Readonly<Record<string, number>>;
  /** Pixels for a unit of the drawing while the whole is seen. */
  readonly fit: number;
  readonly places: Places;
  readonly readable: ReadonlySet<string>;
};

/** What a camera can be told. */
export type Steered = {
  zoomBy: (by: number) => void;
  fly: (part: string) => void;
};

/** The key of the question for the inside of a part; those of a processor are one. */
export const questionOf = (path: string): string =>
  `stage:${path.replace(/\.(control|alu)$/, '.cpu')}`;
