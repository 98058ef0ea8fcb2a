/** What is needed to look nearer at the stage, in one piece: loaded when somebody first does. */
export { seenIn } from '../layout/camera';
export { wordLine } from '../layout/datapath';
export { insideBox, insidesIn } from '../layout/insides';
export { coreIn, placesOf } from '../layout/places';
export { happeningAt } from './follow';
export { default as Camera } from './Camera.svelte';
export { default as FrameStrip } from './FrameStrip.svelte';
export { default as Inside } from './inside/Inside.svelte';
