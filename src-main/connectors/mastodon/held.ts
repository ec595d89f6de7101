import { compareIds } from './position.ts';

/** More open reports than this, the oldest, are not looked for by themselves; opening or deciding one still reads its state. */
export const MOST_HELD = 20_000;

/** What a report is about. `gone`: a post that the report named once and that its server names no more. */
export type Named = { readonly type: 'post' | 'member'; readonly remoteId: string; readonly gone: boolean };
/** What each report was about when it was last read: it may be deleted while the report is open. */
export type Entries = ReadonlyMap<string, readonly Named[]>;

/** The reports held for open, with their packed text, which grows as they do and is made anew only after something else changed. */
export type Held = {
  readonly has: (id: string) => boolean;
  readonly named: (id: string) => readonly Named[];
  readonly keep: (id: string, named: readonly Named[]) => void;
  readonly delete: (id: string) => void;
  readonly ids: () => readonly string[];
  readonly size: () => number;
  readonly packed: () => string;
};

export function makeHeld(text: string): Held {
  const entries = new Map(unpacked(text));
  let lowest: string | null = null;
  let cache: Packed | null = null;

  function put(id: string, named: readonly Named[]): void {
    const isNew = !entries.has(id);
    if (!isNew && sameNames(entries.get(id) ?? [], named)) return;
    entries.set(id, named);
    if (cache !== null) cache = isNew ? grown(cache, id, named) : null;
  }

  return {
    has: (id) => entries.has(id),
    named: (id) => entries.get(id) ?? [],
    keep(id, named) {
      if (entries.has(id) || entries.size < MOST_HELD) return put(id, named);
      lowest ??= [...entries.keys()].reduce((low, one) => (compareIds(one, low) < 0 ? one : low));
      if (compareIds(id, lowest) < 0) return;
      entries.delete(lowest);
      [lowest, cache] = [null, null];
      put(id, named);
    },
    delete(id) {
      if (entries.delete(id)) [lowest, cache] = [null, null];
    },
    ids: () => [...entries.keys()],
    size: () => entries.size,
    packed() {
      cache ??= packedAll(entries);
      return cache.text;
    },
  };
}

function sameNames(some: readonly Named[], others: readonly Named[]): boolean {
  return some.length === others.length && some.every(({ type, remoteId, gone }, index) => {
    const other = others[index];
    return other?.type === type && other.remoteId === remoteId && other.gone === gone;
  });
}

/** A text with the ids that its next piece follows. */
type Packed = { readonly text: string; readonly id: string; readonly subject: string };

const KINDS = { m: { type: 'member', gone: false }, p: { type: 'post', gone: false }, g: { type: 'post', gone: true } } as const;

function letterOf({ type, gone }: Named): keyof typeof KINDS {
  if (type === 'member') return 'm';
  return gone ? 'g' : 'p';
}

function grown({ text, id: lastId, subject: lastSubject }: Packed, id: string, named: readonly Named[]): Packed {
  let subject = lastSubject;
  const about = named.map((one) => {
    const written = `/${letterOf(one)}${piece(one.remoteId, subject)}`;
    subject = one.remoteId;
    return written;
  });
  return { text: `${text}${text === '' ? '' : ' '}${piece(id, lastId)}${about.join('')}`, id, subject };
}

/** Ids that follow each other share their beginning: its length (one digit of base 36) and the rest are written. */
function piece(id: string, before: string): string {
  let shared = 0;
  while (shared < 35 && shared < id.length && id[shared] === before[shared]) shared += 1;
  return `${shared.toString(36)}${id.slice(shared)}`;
}

function whole(written: string, before: string): string {
  return before.slice(0, Number.parseInt(written.slice(0, 1), 36) || 0) + written.slice(1);
}

function packedAll(entries: Entries): Packed {
  const pieces: string[] = [];
  let last: Packed = { text: '', id: '', subject: '' };
  for (const [id, named] of entries) {
    last = grown({ ...last, text: '' }, id, named);
    pieces.push(last.text);
  }
  return { ...last, text: pieces.join(' ') };
}

export function packed(entries: Entries): string {
  return packedAll(entries).text;
}

/** Reads what {@link packed} wrote; ids alone, too, as earlier versions did. */
export function unpacked(text: string): Entries {
  let [lastId, lastSubject] = ['', ''];
  return new Map(text === '' ? [] : text.split(' ').map((one) => {
    const [written = '', ...about] = one.split('/');
    lastId = whole(written, lastId);
    const named = about.flatMap((subject): readonly Named[] => {
      const letter = subject.slice(0, 1);
      lastSubject = whole(subject.slice(1), lastSubject);
      return letter === 'm' || letter === 'p' || letter === 'g' ? [{ ...KINDS[letter], remoteId: lastSubject }] : [];
    });
    return [lastId, named] as const;
  }));
}
