/** Knobs in words, and what is typed for one. */
import type { Knob, KnobValue } from '../../simulator';

type Ranged<K> = Extract<Knob['range'], { kind: K }>;

/** Turned while time runs; the others begin the run again. */
export const actsAtOnce = ({ sets }: Knob): boolean => sets.of === 'cable';

/** Where a knob stands, as people say it. */
export function knobWords({ range }: Knob, value: KnobValue): string {
  switch (range.kind) {
    case 'number':
      return `${String(value)} ${range.unit}`.trim();
    case 'choice':
      return range.options.find((option) => option.value === value)?.label ?? String(value);
    case 'switch':
      return value === true ? 'on' : 'off';
  }
}

export type Typed =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly why: string };

/** Fractions of a step that rounding leaves do not count. */
const PRECISION = 10;

/** What was typed, at the nearest step of the knob. */
export function knobNumber({ least, most, step, unit }: Ranged<'number'>, text: string): Typed {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value) || value < least || value > most) {
    const why = `Type a number from ${least} to ${most}${unit === '' ? '' : ` ${unit}`}.`;
    return { ok: false, why };
  }
  const nearest = least + Math.round((value - least) / step) * step;
  return { ok: true, value: Number(Math.min(nearest, most).toPrecision(PRECISION)) };
}
