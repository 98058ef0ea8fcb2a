/**
 * Keeps the current step of a list that scrolls in sight, without scrolling anything around it:
 * an attachment that is made anew whenever `current` changes. Null when no step is current.
 */
export function inSight(current: string | null): (container: HTMLElement) => void {
  return (container) => {
    const step = current === null ? null : container.querySelector('[aria-current="step"]');
    if (step === null) return;
    const [inner, outer] = [step.getBoundingClientRect(), container.getBoundingClientRect()];
    if (inner.top >= outer.top + inner.height && inner.bottom <= outer.bottom) return;
    container.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  };
}
