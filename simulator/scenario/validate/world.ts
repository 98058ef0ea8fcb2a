/** What the rest of a scenario may name, from its world; and what is wrong with that. */
import { TCP_CONTROLS, TCP_PROFILES } from '../../host/spec';
import type { WorldSpec } from '../../world/spec';
import { costAt } from '../knobs';
import type { Names } from '../places';
import { checkKeyboard } from './keyboard';
import {
  allDiffer,
  fieldsOf,
  listAt,
  nameAt,
  numberAt,
  objectAt,
  oneOf,
  positiveAt,
  within,
} from './shape';
import type { Fields, Report } from './shape';

export type Computer = { readonly ramOctets: number; readonly hasRegisters: boolean };

export type Facts = {
  readonly names: Names;
  readonly computers: ReadonlyMap<string, Computer>;
  /** Null when something is wrong with it. */
  readonly world: WorldSpec | null;
};

const NOTHING: Facts = {
  names: { computers: [], outsides: [], cables: [] },
  computers: new Map(),
  world: null,
};

type Host = { readonly name: string; readonly computer: Computer | null };

function readHost(report: Report, value: unknown, endsAtNs: number | null): Host | null {
  const fields = fieldsOf(value);
  if (fields === null) {
    report('', 'must be an object');
    return null;
  }
  const name = nameAt(report, fields, 'name');
  const kind = oneOf(report, 'kind', fields['kind'], ['computer', 'outside']);
  if (kind === 'outside') {
    if (fields['keyboard'] !== undefined) report('keyboard', 'outside the world there is none');
    return name === null ? null : { name, computer: null };
  }
  checkKeyboard(report, fields, name ?? 'a computer without a name', endsAtNs);
  const ramOctets = numberAt(report, fields, 'ramOctets', { least: 1, whole: true });
  const processor = oneOf(report, 'processor', fields['processor'], ['rv32', 'modelled']);
  listAt(report, fields, 'programs');
  readTcp(report, fields['tcp']);
  if (name === null || kind === null || ramOctets === null) return null;
  return { name, computer: { ramOctets, hasRegisters: processor === 'rv32' } };
}

/** A profile, or settings of the plain one that are other. */
function readTcp(outer: Report, given: unknown): void {
  if (given === undefined) return;
  if (typeof given === 'string') {
    oneOf(outer, 'tcp', given, Object.keys(TCP_PROFILES));
    return;
  }
  const report = within(outer, 'tcp');
  const settings = fieldsOf(given);
  if (settings === null) report('', 'must be the name of a profile, or settings');
  const plain: Fields = TCP_PROFILES.plain;
  for (const [name, value] of Object.entries(settings ?? {})) {
    const usual = plain[name];
    if (usual === undefined) report(name, 'there is no such setting');
    else if (name === 'congestion') oneOf(report, name, value, TCP_CONTROLS);
    else if (typeof usual === 'boolean' && typeof value !== 'boolean')
      report(name, 'must be true or false');
    else if (typeof usual === 'number')
      numberAt(report, settings ?? {}, name, { least: 0, whole: true });
  }
}

function readCable(report: Report, value: unknown, hosts: readonly string[]): string | null {
  const fields = fieldsOf(value);
  if (fields === null) {
    report('', 'must be an object');
    return null;
  }
  const ends = listAt(report, fields, 'ends', 2);
  for (const end of ends) oneOf(report, 'ends', end, hosts);
  positiveAt(report, fields, 'bitsPerSecond');
  numberAt(report, fields, 'lengthMetres', { least: 0 });
  for (const name of ['delayNs', 'jitterNs'])
    if (fields[name] !== undefined) numberAt(report, fields, name, { least: 0, whole: true });
  for (const name of ['lossPerMillion', 'duplicatePerMillion', 'corruptPerMillion'])
    if (fields[name] !== undefined) numberAt(report, fields, name, CHANCE);
  readBursts(report, fields);
  return nameAt(report, fields, 'name');
}

/** Of a million. */
const CHANCE = { least: 0, most: 1_000_000, whole: true };

function readBursts(outer: Report, cable: Fields): void {
  if (cable['bursts'] === undefined) return;
  const bursts = objectAt(outer, cable, 'bursts');
  if (bursts === null) return;
  for (const name of ['beginPerMillion', 'endPerMillion', 'lossPerMillion'])
    numberAt(within(outer, 'bursts'), bursts, name, CHANCE);
}

function readCosts(report: Report, costs: unknown): void {
  if (costs === undefined) return;
  const fields = fieldsOf(costs) ?? {};
  for (const path of Object.keys(fields)) {
    if (costAt(path) === null) report(path, 'there is no such cost');
    numberAt(report, fields, path, { least: 0 });
  }
}

export function readWorld(outer: Report, scenario: Fields): Facts {
  const found = { wrong: false };
  const report: Report = (field, message) => {
    found.wrong = true;
    outer(field, message);
  };
  const world = objectAt(report, scenario, 'world');
  if (world === null) return NOTHING;
  const at = within(report, 'world');
  numberAt(at, world, 'seed', { least: 0, whole: true });
  const { endsAtNs } = scenario;
  const lastNs = typeof endsAtNs === 'number' && endsAtNs > 0 ? endsAtNs : null;
  const hosts = listAt(at, world, 'hosts', 1).flatMap(
    (host, index) => readHost(within(at, `hosts.${index}`), host, lastNs) ?? [],
  );
  const named = hosts.map(({ name }) => name);
  const cables = listAt(at, world, 'cables').flatMap(
    (cable, index) => readCable(within(at, `cables.${index}`), cable, named) ?? [],
  );
  allDiffer(at, 'hosts', [...named, ...cables]);
  readCosts(within(at, 'costs'), world['costs']);
  const computers = hosts.flatMap(({ name, computer }) =>
    computer === null ? [] : [[name, computer] as const],
  );
  const outsides = hosts.filter(({ computer }) => computer === null).map(({ name }) => name);
  const names = { computers: computers.map(([name]) => name), outsides, cables };
  const sound = found.wrong ? null : (world as unknown as WorldSpec);
  return { names, computers: new Map(computers), world: sound };
}
