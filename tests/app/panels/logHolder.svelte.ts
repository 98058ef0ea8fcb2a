/** What a session shows, held by a test: whoever reads it hears of changes. */
export function holder<Held extends object>(held: Held): Held {
  let version = $state(0);
  return new Proxy(held, {
    get(target, key) {
      // Reading the version is what makes a reader hear of changes.
      return version < 0 ? undefined : (Reflect.get(target, key) as unknown);
    },
    set(target, key, value) {
      version += 1;
      return Reflect.set(target, key, value);
    },
  });
}
