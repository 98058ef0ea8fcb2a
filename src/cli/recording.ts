/**
 * A recorded session of `bridge` as a file: which scenario, which jack, what came in and when. A
 * run of it has the hash that the session ended with.
 */
import type { Input } from '../../simulator';
import { failed } from './failure';
import { readOctets, writeOctets } from './files';

export type Recording = {
  readonly autochitect: 'recording';
  readonly scenario: string;
  readonly version: number;
  readonly seed: number;
  readonly jack: string;
  readonly endedAtNs: number;
  readonly hash: string;
  /** Time, ns, and the frame in base64, its FCS included. */
  readonly frames: readonly (readonly [atNs: number, octets: string])[];
};

export function save(path: string, recording: Recording): void {
  writeOctets(path, new TextEncoder().encode(`${JSON.stringify(recording)}\n`));
}

export function inputsOf(recording: Recording): Input[] {
  return recording.frames.map(([atNs, octets]) => ({
    atNs,
    deed: {
      kind: 'frame',
      host: recording.jack,
      octets: Uint8Array.from(Buffer.from(octets, 'base64')),
    },
  }));
}

function isRecording(value: unknown): value is Recording {
  if (typeof value !== 'object' || value === null) return false;
  const { autochitect, scenario, jack, frames, endedAtNs, seed } = value as Partial<Recording>;
  return (
    autochitect === 'recording' &&
    typeof scenario === 'string' &&
    typeof jack === 'string' &&
    Number.isSafeInteger(endedAtNs) &&
    Number.isSafeInteger(seed) &&
    Array.isArray(frames) &&
    frames.every(
      (row: unknown) =>
        Array.isArray(row) && Number.isSafeInteger(row[0]) && typeof row[1] === 'string',
    )
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Says which file and what is wrong with it. */
export function load(path: string): Recording {
  const value = parsed(new TextDecoder().decode(readOctets(path)));
  if (!isRecording(value)) throw failed(`${path}: not a recording that "bridge --record" wrote`);
  return value;
}
