/**
 * A frame taken apart for people: its layers from the outside in, each with the fields of its own
 * part, where they lie and what they mean; and one line that sums it up. Works on anything.
 */
import { arp } from './dissect/arp';
import { data } from './dissect/data';
import { ethernet, withPadding } from './dissect/ethernet';
import {
  countOctets,
  fieldAt,
  type Dissector,
  type Kind,
  type Layer,
  type Next,
} from './dissect/field';
import { http } from './dissect/http1';
import { icmp } from './dissect/icmp';
import { ipv4 } from './dissect/ipv4';
import { tcp } from './dissect/tcp';
import { udp } from './dissect/udp';

export type { Layer } from './dissect/field';

const DISSECTORS: { readonly [kind in Kind]: Dissector } = {
  arp,
  ipv4,
  icmp,
  udp,
  tcp,
  http,
  data,
};

/** The layers of a frame as it is on the cable; without `hasFcs`, as it is inside a computer. */
export function dissect(octets: Uint8Array, hasFcs = true): Layer[] {
  const first = ethernet(octets, hasFcs);
  const inner: Layer[] = [];
  let next = first.next;
  while (next !== null && next.from < next.to) next = descend(octets, next, inner);
  const payloadEnd = inner[0]?.to ?? octets.length;
  return [withPadding(first.layer, octets, payloadEnd), ...inner.map(withLeftOver)];
}

/** A layer with what it has room for and the one inside does not use. */
function withLeftOver(layer: Layer, index: number, layers: readonly Layer[]): Layer {
  const end = layers[index + 1]?.to ?? layer.to;
  if (end === layer.to) return layer;
  const meaning = 'Belongs to nothing inside.';
  const field = fieldAt('Left over', countOctets(layer.to - end), end, layer.to, meaning);
  return { ...layer, fields: [...layer.fields, field] };
}

/** Adds one layer; what it carries is next. */
function descend(octets: Uint8Array, at: Next, layers: Layer[]): Next | null {
  const { layer, next } = DISSECTORS[at.kind](octets, at.from, at.to, at.context);
  const quoted = at.context.quoted ? { name: `${layer.name} (quoted)` } : null;
  layers.push({ ...layer, ...quoted });
  return next;
}

/** One line: the innermost protocol that says something, and what is wrong with the frame. */
export function summarise(octets: Uint8Array, hasFcs = true): string {
  const layers = dissect(octets, hasFcs);
  const telling = layers.filter(({ name }) => name !== 'Data' && !name.endsWith('(quoted)'));
  const wrong = layers.find((layer) => layer.wrong !== null)?.wrong;
  const summary = telling.at(-1)?.summary ?? '';
  return wrong === undefined || wrong === null ? summary : `${summary}; ${wrong}`;
}
