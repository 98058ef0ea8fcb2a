/** What is needed to look nearer at the stage, in one piece: loaded when somebody first does. */
export { default as Camera } from './Camera.svelte';
export { Nearness } from './nearness.svelte';
