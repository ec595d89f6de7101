/** Lemmy's state as its source keeps it: things, reports in a table for each kind with ids of their own, bans, and the log. */
export type FarPerson = { readonly id: number; readonly name: string; readonly host: string; banned: boolean; banExpires: number | null; bannedElsewhere: boolean; readonly made: number };
export type FarCommunity = { readonly id: number; readonly name: string; sidebar: string; removed: boolean; readonly made: number; readonly banned: Set<number> };
export type FarPost = { readonly id: number; name: string; body: string; readonly url: string | null; readonly author: FarPerson; readonly community: FarCommunity; removed: boolean; deleted: boolean; locked: boolean; readonly made: number; edited: number | null };
export type FarComment = { readonly id: number; content: string; readonly author: FarPerson; readonly post: FarPost; readonly path: string; removed: boolean; deleted: boolean; locked: boolean; readonly made: number; edited: number | null };
export type FarMessage = { readonly id: number; readonly content: string; readonly author: FarPerson; readonly to: FarPerson; readonly made: number };
export type FarThing = { readonly kind: 'post'; readonly it: FarPost } | { readonly kind: 'comment'; readonly it: FarComment } | { readonly kind: 'private_message'; readonly it: FarMessage } | { readonly kind: 'community'; readonly it: FarCommunity };
export type FarKind = FarThing['kind'];
export type FarReport = { readonly id: number; readonly by: FarPerson; readonly about: FarThing; readonly said: string; readonly reason: string; resolver: FarPerson | null; resolved: boolean; readonly made: number; updated: number | null; conclusion: string | null };
export type Entry = { readonly id: number; readonly kind: string; readonly by: FarPerson; readonly person: FarPerson | null; readonly thing: FarThing | null; readonly revert: boolean; readonly reason: string; readonly at: number; readonly expires: number | null; readonly bulk: boolean };

export type World = {
  readonly people: readonly FarPerson[]; readonly communities: readonly FarCommunity[]; readonly posts: readonly FarPost[]; readonly comments: readonly FarComment[];
  readonly messages: readonly FarMessage[]; readonly reports: FarReport[]; readonly log: readonly Entry[];
  readonly actions: () => number;
  readonly acted: () => void;
  readonly person: (name: string, host?: string) => FarPerson;
  readonly community: (name: string) => FarCommunity;
  readonly post: (author: FarPerson, name: string, body?: string, community?: FarCommunity) => FarPost;
  readonly comment: (author: FarPerson, content: string, post: FarPost, parent?: FarComment | null) => FarComment;
  readonly message: (author: FarPerson, to: FarPerson, content: string) => FarMessage;
  readonly report: (by: FarPerson, about: FarThing, reason?: string) => FarReport;
  readonly open: () => FarReport[];
  readonly about: (kind: FarKind, id: number) => FarReport[];
  readonly resolve: (report: FarReport, by: FarPerson, resolved?: boolean, conclusion?: string | null) => void;
  readonly remove: (thing: FarThing, by: FarPerson, removed: boolean, reason: string, bulk?: boolean) => void;
  readonly note: (kind: string, by: FarPerson, person: FarPerson | null, thing: FarThing | null, revert: boolean, reason: string, expires?: number | null, bulk?: boolean) => void;
};

export function makeWorld(now: () => number): World {
  const people: FarPerson[] = [];
  const communities: FarCommunity[] = [];
  const posts: FarPost[] = [];
  const comments: FarComment[] = [];
  const messages: FarMessage[] = [];
  const reports: FarReport[] = [];
  const log: Entry[] = [];
  const byName = new Map<string, FarPerson>();
  const counts = new Map<FarKind, number>();
  let actions = 0;
  let ticks = 0;
  /** Reports come a moment apart, so that their order is that of their times. */
  const tick = (): number => now() + (ticks += 1);

  const world: World = {
    people, communities, posts, comments, messages, reports, log,
    actions: () => actions,
    acted() {
      actions += 1;
    },
    person(name: string, host = 'far.example'): FarPerson {
      const known = byName.get(`${name}@${host}`);
      if (known !== undefined) return known;
      const made: FarPerson = { id: people.length + 1, name, host, bannedElsewhere: false, banned: false, banExpires: null, made: now() - 86_400_000 };
      people.push(made);
      byName.set(`${name}@${host}`, made);
      return made;
    },
    community(name: string): FarCommunity {
      const known = communities.find((one) => one.name === name);
      if (known !== undefined) return known;
      const made: FarCommunity = { id: communities.length + 1, name, sidebar: '## Rules\n\n1. **Be kind**\n   Always.\n2. No adverts', removed: false, made: now(), banned: new Set() };
      communities.push(made);
      return made;
    },
    post(author: FarPerson, name: string, body = '', community = world.community('main')): FarPost {
      const made: FarPost = { id: posts.length + 1, name, body, url: null, author, community, removed: false, deleted: false, locked: false, made: now(), edited: null };
      posts.push(made);
      return made;
    },
    comment(author: FarPerson, content: string, post: FarPost, parent: FarComment | null = null): FarComment {
      const id = comments.length + 1;
      const made: FarComment = { id, content, author, post, path: `${parent?.path ?? '0'}.${id}`, removed: false, deleted: false, locked: false, made: now(), edited: null };
      comments.push(made);
      return made;
    },
    message(author: FarPerson, to: FarPerson, content: string): FarMessage {
      const made = { id: messages.length + 1, content, author, to, made: now() };
      messages.push(made);
      return made;
    },
    report(by: FarPerson, about: FarThing, reason = 'spam'): FarReport {
      const id = (counts.get(about.kind) ?? 0) + 1;
      counts.set(about.kind, id);
      const said = about.kind === 'post' || about.kind === 'community' ? about.it.name : about.it.content;
      const made: FarReport = { id, by, about, said, reason, resolver: null, resolved: false, made: tick(), updated: null, conclusion: null };
      reports.push(made);
      return made;
    },
    open: () => reports.filter(({ resolved }) => !resolved),
    about: (kind, id) => reports.filter((report) => report.about.kind === kind && report.about.it.id === id),
    /** The last resolver wins, and opening again is a resolve too (crates/db_schema, Reportable). */
    resolve(report: FarReport, by: FarPerson, resolved = true, conclusion: string | null = report.conclusion): void {
      Object.assign(report, { resolved, resolver: by, updated: tick(), conclusion });
    },
    /** Removing or restoring closes all that is open about it (api_crud: resolve_all_for_object). */
    remove(thing: FarThing, by: FarPerson, removed: boolean, reason: string, bulk = false): void {
      if (thing.kind === 'private_message') return;
      thing.it.removed = removed;
      for (const report of world.about(thing.kind, thing.it.id)) if (!report.resolved) world.resolve(report, by);
      world.note(thing.kind === 'community' ? 'admin_remove_community' : `mod_remove_${thing.kind}`, by, thing.kind === 'community' ? null : thing.it.author, thing, !removed, reason, null, bulk);
    },
    note(kind: string, by: FarPerson, person: FarPerson | null, thing: FarThing | null, revert: boolean, reason: string, expires: number | null = null, bulk = false): void {
      log.push({ id: log.length + 1, kind, by, person, thing, revert, reason, at: tick(), expires, bulk });
    },
  };
  return world;
}
