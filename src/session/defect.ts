/** What is said when the engine throws. */
export function because(error: unknown): string {
  const what = error instanceof Error ? error.message : String(error);
  return `The simulator met a defect of its own (${what}). The moment on show stays; go another way.`;
}
