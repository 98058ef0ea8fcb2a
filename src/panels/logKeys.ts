/** The key that leads to the log's search: pressed in the log, or in the panel that it fills. */

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && target.type === 'search';

export function isSearchKey(event: KeyboardEvent, log: HTMLElement | undefined): boolean {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (key !== '/' || isTyping(target) || ctrlKey || metaKey || altKey) return false;
  // The focus comes to the panel before it comes to anything in it.
  const around = log?.closest('[role="tabpanel"]') ?? log;
  return target instanceof Node && around?.contains(target) === true;
}
