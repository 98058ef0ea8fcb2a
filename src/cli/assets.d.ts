/** Texts that a scenario brings along, such as assembly sources. */
declare module '*?raw' {
  const text: string;
  export default text;
}
