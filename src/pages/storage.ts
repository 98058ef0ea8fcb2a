/** What this browser keeps for this site; null where it is off. */
export function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
