/** Where the stage looks: at a part, so that it means the same on a screen of any size. */
export type View = {
  /** Path of the part that is looked at; empty: the whole world. */
  readonly part: string;
  /** The middle of what is seen, as shares of that part's width and height. */
  readonly x: number;
  readonly y: number;
  /** How much of the screen the part takes: at 1 it fits exactly, at 2 it is twice as large. */
  readonly k: number;
};
