/** What the painter of many computers is handed: all in plain data, nothing of the page. */
import type { Looking, WorldLayout } from '../../layout/world';
import type { CableView } from '../../../simulator';
import type { ShownFlight } from '../scene';
import type { Colours } from './colours';

/** Each has a shape and a colour of its own. */
export type HostState = 'works' | 'waits' | 'ended' | 'idle';

/** Rings around computers: what they say, by name. */
export type Rings = {
  readonly hovered: string | null;
  /** The story points at these. */
  readonly pointed: ReadonlySet<string>;
  readonly differing: ReadonlySet<string>;
  readonly picked: ReadonlySet<string>;
  readonly hinted: ReadonlySet<string>;
};

export type Scene = {
  readonly layout: WorldLayout;
  readonly looking: Looking;
  readonly width: number;
  readonly height: number;
  /** As the layout lists the hosts. */
  readonly states: readonly HostState[];
  readonly titles: readonly string[];
  readonly cables: Readonly<Record<string, CableView>>;
  readonly flights: ReadonlyMap<string, readonly ShownFlight[]>;
  readonly rings: Rings;
  /** Nothing moves: arrows in the middle of the cables instead of dots on their way. */
  readonly still: boolean;
  readonly colours: Colours;
  /** The computers are drawn upon the canvas by somebody else: cables and frames alone. */
  readonly cards: boolean;
};

/** What is drawn of a computer, by its width on the screen in CSS pixels. */
export type Detail = 'groups' | 'squares' | 'names';

export const detailOf = (widthPx: number): Detail =>
  widthPx < 6 ? 'groups' : widthPx < 46 ? 'squares' : 'names';
