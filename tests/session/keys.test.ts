import { describe, expect, test } from 'vitest';
import { USUAL_KEYS } from '../../src/session/keyboard';
import { keepKeys, keptKeys, withKey } from '../../src/session/keys';

function store(text: string | null = null): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_, value) => void (kept = value),
    removeItem: () => void (kept = null),
  };
}

describe('choosing a key', () => {
  test('puts it in the place of the usual one, letters small', () => {
    expect(withKey(USUAL_KEYS, 'fill', 'W')).toEqual({
      ok: true,
      keys: { ...USUAL_KEYS, fill: 'w' },
    });
  });

  test.each([
    ['Tab', /belongs to the browser/],
    ['Escape', /belongs to the browser/],
    [' ', /already means “Play or pause”/],
    ['?', /already means “Show or hide this list”/],
  ])('%s is refused', (key, why) => {
    const chosen = withKey(USUAL_KEYS, 'fill', key);
    expect(chosen.ok ? '' : chosen.why).toMatch(why);
  });
});

test('what was chosen comes back, and the usual keys leave nothing behind', () => {
  const storage = store();
  const keys = { ...USUAL_KEYS, fill: 'w', slower: '-' };
  keepKeys(storage, keys);
  expect(keptKeys(storage)).toEqual(keys);
  keepKeys(storage, USUAL_KEYS);
  expect(storage.getItem('keys')).toBeNull();
});

test.each([
  ['{broken', USUAL_KEYS],
  ['[]', USUAL_KEYS],
  ['"w"', USUAL_KEYS],
  ['{"fly":"w"}', USUAL_KEYS],
  ['{"fill":7}', USUAL_KEYS],
  ['{"fill":"Tab"}', USUAL_KEYS],
  ['{"fill":"?","slower":"w"}', { ...USUAL_KEYS, slower: 'w' }],
])('of %s what is good is taken', (text, keys) => {
  expect(keptKeys(store(text))).toEqual(keys);
});

test('without storage the usual keys hold', () => {
  expect(keptKeys(null)).toEqual(USUAL_KEYS);
  expect(() => keepKeys(null, { ...USUAL_KEYS, fill: 'w' })).not.toThrow();
});
