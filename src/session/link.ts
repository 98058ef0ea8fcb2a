/**
 * A link to a moment: scenario, version, seed, input log and playhead as compact JSON, compressed
 * (RFC 1951) and in base64url (RFC 4648 §5). Octets before that: the format's number, then the
 * CRC-32 of the JSON, so that a link that was damaged on its way is known to be.
 */
import * as v from 'valibot';
import {
  checkKnob,
  crc32,
  format,
  parse as parsePosition,
  placesOf,
  type Grain,
  type KnobValues,
  type Scenario,
} from '../../simulator';
import { fromBase64url, toBase64url } from './base64url';
import { loadAssembler } from './assembler';
import { deflate, inflate } from './deflate';
import { edited, type Sources } from './programs';
import { refusal } from './deeds';
import { inputSchema } from './linkInputs';
import { plainInput } from './plainInput';
import type { Place } from './protocol';
import type { View } from './view';

export type Link = {
  readonly place: Place;
  /** Path of the part whose room is open. */
  readonly room: string | null;
  readonly grain: Grain | null;
  /** Where the stage looks, unless at everything. */
  readonly view?: View;
};

export type Parsed =
  /** `notice`: what of it could not be followed. */
  | { readonly ok: true; readonly link: Link; readonly notice?: string }
  | { readonly ok: false; readonly why: string };

/** Goes up when a link is written in another way. */
const FORMAT = 1;
const HEAD_OCTETS = 5;
/** 8 kB of text, and what that may unpack to. */
const MOST_CHARACTERS = 8192;
const MOST_JSON_OCTETS = 65_536;

export const TOO_MUCH =
  'Too much was done in this run, or too much was edited, for a link. Undo some of it, or share an earlier moment.';

const DAMAGED = 'This link is damaged: a part of it is missing or was changed on its way.';
const START_INSTEAD = 'Here is the start of the scenario instead.';
/** Characters of what the assembler says that are repeated: a line may be as long as a link. */
const MOST_MESSAGE = 200;
/** How far beside a part, or how near to it, a view may be. */
const MOST_SHARE = 1000;
const VIEW_DIGITS = 5;
const NO_VIEW =
  'This link points at a part that is not here; the whole is shown, at the moment that was meant.';

const bad = (why: string): Parsed => ({ ok: false, why: `${why} ${START_INSTEAD}` });

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const name = v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/));
const grain = v.picklist(['micro', 'instruction', 'call', 'frame', 'message', 'event', 'chapter']);
const position = v.pipe(
  v.string(),
  v.maxLength(64),
  v.check((text) => {
    const at = parsePosition(text);
    return at !== null && at.timeNs >= -1 && Number.isSafeInteger(at.timeNs);
  }),
);

const share = v.pipe(v.number(), v.minValue(-MOST_SHARE), v.maxValue(MOST_SHARE));
/** Part, middle of the view across and down in shares of the part, and how large the part is. */
const viewSchema = v.strictTuple([
  v.union([name, v.literal('')]),
  share,
  share,
  v.pipe(v.number(), v.minValue(1 / MOST_SHARE), v.maxValue(MOST_SHARE)),
]);

/**
 * Slug, version, seed, position, how long after it the playhead stands, inputs, grain, room; edited
 * sources; turned knobs; the view.
 */
const schema = v.strictTuple([
  name,
  whole,
  whole,
  position,
  whole,
  v.array(inputSchema),
  v.nullable(grain),
  v.nullable(name),
  v.optional(v.record(name, v.pipe(v.string(), v.maxLength(MOST_JSON_OCTETS)))),
  v.optional(v.record(name, v.union([v.pipe(v.number(), v.finite()), v.boolean(), v.string()]))),
  v.optional(v.unknown()),
]);
type Row = v.InferOutput<typeof schema>;

/** The link's text without its `#m=`; null when it would be too long to be followed. */
export async function emit(link: Link, version: number): Promise<string | null> {
  const { slug, seed, at, timeNs, inputs } = link.place;
  const later = Math.max(0, timeNs - at.timeNs);
  const done = inputs.map(plainInput);
  const row = [slug, version, seed, format(at), later, done, link.grain, link.room];
  const json = new TextEncoder().encode(JSON.stringify([...row, ...restOf(link)]));
  if (json.length > MOST_JSON_OCTETS) return null;
  const packed = await deflate(json);
  const octets = new Uint8Array(HEAD_OCTETS + packed.length);
  octets[0] = FORMAT;
  new DataView(octets.buffer).setUint32(1, crc32(json));
  octets.set(packed, HEAD_OCTETS);
  const text = toBase64url(octets);
  return text.length > MOST_CHARACTERS ? null : text;
}

/** What was changed before the start, and the view; nothing is written for nothing. */
function restOf({ place: { sources = {}, knobs = {} }, view }: Link): readonly object[] {
  if (view !== undefined) return [sources, knobs, rowOfView(view)];
  if (Object.keys(knobs).length > 0) return [sources, knobs];
  return Object.keys(sources).length > 0 ? [sources] : [];
}

const rowOfView = ({ part, x, y, k }: View): readonly (string | number)[] => [
  part,
  ...[x, y, k].map((value) => Number(value.toPrecision(VIEW_DIGITS))),
];

/** What a link says, checked against the scenarios that there are; never throws. */
export async function parse(text: string, scenarios: readonly Scenario[]): Promise<Parsed> {
  if (text.length > MOST_CHARACTERS) return bad('This link is too long to be one of ours.');
  const octets = fromBase64url(text);
  if (octets === null || octets.length <= HEAD_OCTETS) return bad(DAMAGED);
  if ((octets[0] ?? 0) > FORMAT)
    return bad(
      'This link was made by a newer version of autochitect. Reload the page and try again.',
    );
  if (octets[0] !== FORMAT) return bad(DAMAGED);
  const json = await inflate(octets.slice(HEAD_OCTETS), MOST_JSON_OCTETS);
  if (json === null || crc32(json) !== new DataView(octets.buffer).getUint32(1))
    return bad(DAMAGED);
  const row = rowOf(json);
  if (row === null) return bad(DAMAGED);
  const [, , , , , , , , sources] = row;
  if (sources !== undefined) await loadAssembler();
  return placed(row, scenarios);
}

function rowOf(json: Uint8Array): Row | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(new TextDecoder().decode(json)));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

function placed(row: Row, scenarios: readonly Scenario[]): Parsed {
  const [slug, version, seed, where, later, inputs, grainAsked, room, sources, knobs, looks] = row;
  const scenario = scenarios.find((each) => each.slug === slug);
  if (scenario === undefined) return bad(`This link is for a scenario that is not here (${slug}).`);
  if (version !== scenario.version) {
    const age = version > scenario.version ? 'a newer' : 'an older';
    return bad(
      `This link was made for ${age} version of “${scenario.title}” (${version}, here is ${scenario.version}).`,
    );
  }
  const at = parsePosition(where);
  const why = wrongIn(inputs, scenario) ?? unfit({ sources, knobs }, scenario);
  if (at === null || why !== null || at.timeNs > scenario.longestNs)
    return bad(`This link does not fit “${scenario.title}”${why === null ? '.' : `: ${why}`}`);
  const timeNs = at.timeNs + later;
  const place = {
    slug,
    seed,
    inputs,
    at,
    timeNs,
    ...given({ sources, knobs }),
  };
  const link = { place, room, grain: grainAsked };
  if (looks === undefined) return { ok: true, link };
  const view = viewIn(looks, scenario);
  return view === null
    ? { ok: true, link, notice: NO_VIEW }
    : { ok: true, link: { ...link, view } };
}

const given = ({ sources, knobs }: Changed): Partial<Place> => ({
  ...(sources && { sources }),
  ...(knobs && { knobs }),
});

/** Null when it is none, or at a part that this world has not. */
function viewIn(looks: unknown, { world }: Scenario): View | null {
  const read = v.safeParse(viewSchema, looks);
  if (!read.success) return null;
  const [part, x, y, k] = read.output;
  const computers = world.hosts.map((host) => host.name);
  const cables = world.cables.map((cable) => cable.name);
  const parts = ['', ...computers, ...placesOf({ computers, outsides: [], cables })];
  return parts.includes(part) ? { part, x, y, k } : null;
}

type Changed = { readonly sources: Sources | undefined; readonly knobs: KnobValues | undefined };

/** What of it was changed before the start and cannot be so. */
const unfit = ({ sources = {}, knobs = {} }: Changed, scenario: Scenario): string | null =>
  wrongKnob(knobs, scenario) ?? unassembled(sources, scenario);

function wrongKnob(knobs: KnobValues, scenario: Scenario): string | null {
  for (const [knob, value] of Object.entries(knobs)) {
    const why = checkKnob(scenario, knob, value);
    if (why !== null) return why;
  }
  return null;
}

function wrongIn(inputs: Row[5], scenario: Scenario): string | null {
  for (const { deed } of inputs) {
    const why = refusal(scenario, deed);
    if (why !== null) return why;
  }
  return null;
}

function unassembled(sources: Sources, scenario: Scenario): string | null {
  const made = edited(scenario, sources);
  if (made.ok) return null;
  const [first] = made.errors;
  if (first === undefined) return `There is no program to edit on ${made.host}.`;
  const message = first.message.slice(0, MOST_MESSAGE);
  return `The edited program of ${made.host} does not assemble (line ${first.line}: ${message})`;
}
