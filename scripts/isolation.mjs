// Cross-origin isolation: without these headers a page has no SharedArrayBuffer.
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
