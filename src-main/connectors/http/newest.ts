/** Lets the oldest give way until there are no more than `most`; maps and sets keep the order in which things came. */
export function keepNewest<Key>(entries: { readonly size: number; keys(): Iterable<Key>; delete(key: Key): boolean }, most: number): void {
  for (const oldest of entries.keys()) {
    if (entries.size <= most) break;
    entries.delete(oldest);
  }
}

/** Keeps a value as the newest of a map. */
export function keep<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void {
  map.delete(key);
  map.set(key, value);
  keepNewest(map, most);
}
