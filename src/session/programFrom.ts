/** A module of its own, so that what it brings along is loaded with it and not before. */
export { programFrom } from '../../simulator';
