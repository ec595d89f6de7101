import { compareIds } from './position.ts';

/** More open reports than this, the oldest, are not looked for by themselves; opening or deciding one still reads its state. */
export const MOST_HELD = 20_000;

/** A set of ids with its packed text, which grows as it does and is made anew only after something was taken out. */
export type Held = {
  readonly has: (id: string) => boolean;
  readonly add: (id: string) => void;
  readonly delete: (id: string) => void;
  readonly ids: () => readonly string[];
  readonly size: () => number;
  readonly packed: () => string;
};

export function makeHeld(text: string): Held {
  const ids = new Set(unpacked(text));
  let lowest: string | null = null;
  let cache: { text: string; last: string } | null = null;

  function put(id: string): void {
    ids.add(id);
    if (cache !== null) cache = { text: `${cache.text}${cache.text === '' ? '' : ' '}${piece(id, cache.last)}`, last: id };
  }

  return {
    has: (id) => ids.has(id),
    add(id) {
      if (ids.has(id)) return;
      if (ids.size < MOST_HELD) return put(id);
      lowest ??= [...ids].reduce((low, one) => (compareIds(one, low) < 0 ? one : low));
      if (compareIds(id, lowest) < 0) return;
      ids.delete(lowest);
      [lowest, cache] = [null, null];
      put(id);
    },
    delete(id) {
      if (ids.delete(id)) [lowest, cache] = [null, null];
    },
    ids: () => [...ids],
    size: () => ids.size,
    packed() {
      cache ??= { text: packed([...ids]), last: [...ids].at(-1) ?? '' };
      return cache.text;
    },
  };
}

/** Ids that follow each other share their beginning: its length (one digit of base 36) and the rest are written. */
function piece(id: string, before: string): string {
  let shared = 0;
  while (shared < 35 && shared < id.length && id[shared] === before[shared]) shared += 1;
  return `${shared.toString(36)}${id.slice(shared)}`;
}

export function packed(ids: readonly string[]): string {
  return ids.map((id, index) => piece(id, ids[index - 1] ?? '')).join(' ');
}

export function unpacked(text: string): string[] {
  let before = '';
  return text === '' ? [] : text.split(' ').map((one) => {
    before = before.slice(0, Number.parseInt(one.slice(0, 1), 36) || 0) + one.slice(1);
    return before;
  });
}
