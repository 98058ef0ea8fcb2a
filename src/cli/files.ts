/** Files that a verb reads and writes; what goes wrong names the file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { failed } from './failure';

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export function readOctets(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw failed(`${path}: cannot be read: ${reason(error)}`);
  }
}

export function writeOctets(path: string, octets: Uint8Array): void {
  try {
    writeFileSync(path, octets);
  } catch (error) {
    throw failed(`${path}: cannot be written: ${reason(error)}`);
  }
}
