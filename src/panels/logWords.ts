/** Words of the log's controls. */

/** `interrupt-acknowledged` → `interrupt acknowledged` */
export const kindName = (kind: string): string => kind.replaceAll('-', ' ');

const lines = (count: number): string => `${count} ${count === 1 ? 'line' : 'lines'}`;

/** How many there are, and of how much of the run. */
export function countWords(count: number, over: { ahead: boolean; complete: boolean }): string {
  const reach = over.ahead ? '' : ' up to now';
  return `${lines(count)}${reach}${over.complete ? '' : ', still looking…'}`;
}

/** What a path is called: by the map where it is on it, else by the titles of the hosts. */
export function partName(path: string, names: Readonly<Record<string, string>>): string {
  const steps = path.split('.');
  for (let length = steps.length; length > 0; length--) {
    const name = names[steps.slice(0, length).join('.')];
    if (name !== undefined) return [name, ...steps.slice(length)].join(' · ');
  }
  return steps.join(' · ');
}
