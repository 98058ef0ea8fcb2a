/**
 * How long each branch, alignment and room is. A branch is as short as its target is near, and
 * where one grows, others must. The order is that of GNU as (gas/write.c, `relax_segment`;
 * gas/config/tc-riscv.c, `relaxed_branch_length`), because more than one answer can be right:
 * first an estimate from the start on, in which what comes later counts from 0; then rounds in
 * which a branch sees what stands before it as it is now and what stands behind it as it was.
 */
import { evaluate } from './evaluate';
import type { Expression } from './expression';
import { offsetOf, type Assembly, type Branch, type Item, type Section, type Spot } from './state';
import { looseScope } from './symbols';

/** Octets that lie between the ends of what each can reach. */
const JUMP_REACH = 1 << 12;
const SHORT_REACH = 1 << 9;
const BRANCH_REACH = 1 << 13;

/** From then on lengths only grow, so that the rounds end. */
const FREE_ROUNDS = 60;

type Round = {
  readonly assembly: Assembly;
  readonly isEstimate: boolean;
  /** The place that each branch names, by its item: it is found once. */
  readonly targets: (Spot | null | undefined)[];
  /** While estimating: how far each item lies from the last place that nothing can move. */
  readonly near: Int32Array;
};

/** The place that a branch names, if it lies in this section and cannot lie elsewhere. */
function placeOf(assembly: Assembly, expression: Expression, item: Item): Spot | null {
  if (expression.kind === 'symbol') {
    if (assembly.weak.has(expression.name)) return null;
    const sym = assembly.symbols.get(expression.name);
    if (sym?.open === null && sym.value === 0n) {
      return sym.spot?.section === item.section ? sym.spot : null;
    }
  }
  const at = { section: item.section, index: item.index, past: 0, region: 0 };
  const found = evaluate(expression, looseScope(assembly, at));
  if (!found.ok || found.section !== item.section || found.spot === null) return null;
  const past = Number(found.value) - offsetOf(found.spot) + found.spot.past;
  return { ...found.spot, past };
}

const isWithin = (distance: number, reach: number): boolean =>
  distance >= -reach / 2 && distance < reach / 2;

function targetOf(item: Item, { target }: Branch, round: Round): Spot | null {
  const known = round.targets[item.index];
  if (known !== undefined) return known;
  const found = placeOf(round.assembly, target.expression, item);
  // What is calculated may lie elsewhere in the next round.
  const { expression } = target;
  const isLabel =
    expression.kind === 'symbol' && round.assembly.symbols.get(expression.name)?.open === null;
  if (isLabel) round.targets[item.index] = found;
  return found;
}

function branchLength(item: Item, branch: Branch, round: Round): number {
  const { isJump, short } = branch;
  const target = targetOf(item, branch, round);
  if (target === null) return isJump ? 4 : 8;
  const isAhead = round.isEstimate && target.index > item.index;
  const at = isAhead ? (round.near[target.index] as number) + target.past : offsetOf(target);
  const distance = at - item.offset;
  if (short !== null && isWithin(distance, isJump ? JUMP_REACH : SHORT_REACH)) return 2;
  if (isJump || isWithin(distance, BRANCH_REACH)) return 4;
  return short === null ? 8 : 6;
}

/** How far `offset` is from a multiple of `alignOctets`. */
const gap = (offset: number, alignOctets: number): number =>
  (alignOctets - (offset % alignOctets)) % alignOctets;

function spaceLength(item: Item, expression: Expression, isPlace: boolean, round: Round): number {
  const at = { section: item.section, index: item.index, past: 0, region: 0 };
  const found = evaluate(expression, looseScope(round.assembly, at));
  const isKnown =
    found.ok && (found.section === null || (isPlace && found.section === item.section));
  if (!isKnown) return item.lengthOctets;
  return Math.max(0, Math.min(0x100_0000, Number(found.value) - (isPlace ? item.offset : 0)));
}

/** Octets of the shortest LEB128 form (DWARF 5, §7.6). */
export function leb128Octets(value: bigint, isSigned: boolean): number {
  let octets = 1;
  let rest = value;
  for (;;) {
    const low = rest & 127n;
    rest >>= 7n;
    const isDone = isSigned
      ? (rest === 0n && low < 64n) || (rest === -1n && low >= 64n)
      : rest === 0n || rest === -1n;
    if (isDone) return octets;
    octets += 1;
  }
}

function lengthOf(item: Item, round: Round): number {
  const { content } = item;
  switch (content.kind) {
    case 'branch':
      return branchLength(item, content, round);
    case 'align': {
      const length = gap(item.offset, content.alignOctets);
      return length > content.most ? 0 : length;
    }
    case 'space':
      return spaceLength(item, content.datum.expression, content.isPlace, round);
    case 'leb128': {
      const at = { section: item.section, index: item.index, past: 0, region: 0 };
      const found = evaluate(content.datum.expression, looseScope(round.assembly, at));
      return found.ok ? leb128Octets(found.value, content.isSigned) : item.lengthOctets;
    }
    case 'code':
    case 'data':
    case 'octets':
    case 'fill':
    case 'assign':
      return item.lengthOctets;
  }
}

const LOOSE: ReadonlySet<string> = new Set(['branch', 'align', 'space', 'leb128']);

/** After these GNU as begins a new stretch: what follows may move against what came before. */
function isBreak({ content }: Item): boolean {
  if (LOOSE.has(content.kind) || content.kind === 'fill') return true;
  if (content.kind !== 'code') return false;
  return content.words.some(({ open }) =>
    open.some(({ part }) => part === 'hi' || part === 'pcrel_hi'),
  );
}

function estimate(assembly: Assembly, section: Section, targets: Round['targets']): void {
  const { items } = section;
  const near = new Int32Array(items.length + 1);
  for (const [index, item] of items.entries()) {
    near[index + 1] = isBreak(item) ? 0 : (near[index] as number) + item.lengthOctets;
  }
  const round = { assembly, isEstimate: true, near, targets };
  let offset = 0;
  for (const item of items) {
    item.offset = offset;
    item.lengthOctets = lengthOf(item, round);
    offset += item.lengthOctets;
  }
  section.sizeOctets = offset;
}

/** True when something took another length. */
function improve(round: Round, section: Section, isGrowing: boolean): boolean {
  let moved = 0;
  let isChanged = false;
  for (const item of section.items) {
    item.offset += moved;
    if (!LOOSE.has(item.content.kind)) continue;
    const wanted = lengthOf(item, round);
    // An alignment follows from what stands before it, and never keeps a branch from ending.
    const isFree = !isGrowing || item.content.kind === 'align';
    const length = isFree ? wanted : Math.max(item.lengthOctets, wanted);
    if (length === item.lengthOctets) continue;
    moved += length - item.lengthOctets;
    item.lengthOctets = length;
    isChanged = true;
  }
  section.sizeOctets += moved;
  return isChanged;
}

/** More rounds than these are not needed by anything that ends. */
const MOST_ROUNDS = 10_000;

/** Gives all items of a section their offsets and lengths. */
export function relax(assembly: Assembly, section: Section): void {
  if (!section.items.some(({ content }) => LOOSE.has(content.kind))) return;
  const targets: Round['targets'] = [];
  estimate(assembly, section, targets);
  const later = { assembly, isEstimate: false, near: new Int32Array(0), targets };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (!improve(later, section, round >= FREE_ROUNDS)) return;
  }
}
