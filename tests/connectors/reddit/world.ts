/** What the scripted Reddit keeps. */
export type Thing = {
  readonly name: string; readonly sub: string; readonly author: string; readonly createdAt: number; readonly link: string | null; readonly parent: string | null;
  title: string; text: string; editedAt: number | null; deleted: boolean; locked: boolean; nsfw: boolean; spoiler: boolean; ignored: boolean;
  /** Reports since it was last approved or removed, and those that were discarded with that. */
  userReports: Map<string | null, number>; modReports: (readonly [string | null, string])[]; dismissed: { user: Map<string | null, number>; mod: (readonly [string | null, string])[] };
  approved: { readonly by: string; readonly at: number } | null;
  removed: { readonly by: string; readonly at: number; readonly spam: boolean; readonly held: boolean; reason: string | null } | null;
  readonly more: Readonly<Record<string, unknown>>;
};

export type World = {
  readonly now: () => number;
  readonly things: Map<string, Thing>;
  readonly subs: Map<string, { permissions: readonly string[] }>;
  readonly log: { readonly id: string; readonly action: string; readonly mod: string; readonly target: string | null; readonly author: string; readonly sub: string; readonly details: string; readonly at: number }[];
  readonly bans: Map<string, { readonly days: number | null; readonly at: number; readonly note: string; readonly message: string; readonly context: string }>;
  readonly mutes: Set<string>;
  readonly notes: { readonly id: string; readonly sub: string; readonly user: string; readonly note: string; readonly label: string | null; readonly at: number; readonly about: string | null }[];
  readonly mails: { readonly id: string; readonly sub: string; readonly to: string; readonly subject: string; readonly body: string }[];
  readonly removals: { readonly about: string; readonly type: string; readonly title: string; readonly message: string }[];
  readonly reasons: Map<string, { readonly title: string; readonly message: string }>;
  readonly rules: { short_name: string; description: string; violation_reason: string; kind: string; priority: number; created_utc: number }[];
  /** Moderation actions and messages that were carried out, by anyone. */
  deeds: number;
  readonly add: (thing: Partial<Thing> & Pick<Thing, 'sub' | 'author'>) => Thing;
  readonly report: (name: string, reason: string | null, mod?: string) => void;
  readonly approve: (name: string, by: string) => void;
  readonly remove: (name: string, by: string, spam?: boolean, held?: boolean) => void;
  readonly write: (action: string, mod: string, name: string | null, more?: { readonly author?: string; readonly sub?: string; readonly details?: string }) => void;
};

export function makeWorld(now: () => number): World {
  let last = 40_000;
  const next = (): string => {
    last += 1;
    return last.toString(36);
  };
  const of = (name: string): Thing => {
    const thing = world.things.get(name);
    if (thing === undefined) throw new Error(`no ${name}`);
    return thing;
  };

  const world: World = {
    now, things: new Map(), subs: new Map(), log: [], bans: new Map(), mutes: new Set(), notes: [], mails: [], removals: [], reasons: new Map(), rules: [], deeds: 0,
    add(given) {
      const comment = given.link !== undefined && given.link !== null;
      const thing: Thing = {
        name: `${comment ? 't1' : 't3'}_${next()}`, createdAt: now(), link: null, parent: null, title: 'A title', text: 'Some words', editedAt: null, deleted: false, locked: false, nsfw: false, spoiler: false,
        ignored: false, userReports: new Map(), modReports: [], dismissed: { user: new Map(), mod: [] }, approved: null, removed: null, more: {}, ...given,
      };
      world.things.set(thing.name, thing);
      return thing;
    },
    report(name, reason, mod) {
      const thing = of(name);
      if (mod !== undefined) thing.modReports.push([reason, mod]);
      else thing.userReports.set(reason, (thing.userReports.get(reason) ?? 0) + 1);
    },
    approve(name, by) {
      const thing = of(name);
      world.write(`approve${thing.name.startsWith('t1') ? 'comment' : 'link'}`, by, name, { details: thing.removed === null ? 'confirm_ham' : 'unspam' });
      thing.approved = { by, at: now() };
      thing.removed = null;
      discard(thing);
    },
    remove(name, by, spam = false, held = false) {
      const thing = of(name);
      world.write(`${spam ? 'spam' : 'remove'}${thing.name.startsWith('t1') ? 'comment' : 'link'}`, by, name, { details: spam ? 'spam' : 'remove' });
      thing.approved = null;
      thing.removed = { by, at: now(), spam, held, reason: null };
      discard(thing);
    },
    write(action, mod, name, { author = '', sub = '', details = '' } = {}) {
      const thing = name === null ? undefined : world.things.get(name);
      world.log.unshift({ id: `ModAction_${next()}`, action, mod, target: name, author: thing?.author ?? author, sub: thing?.sub ?? sub, details, at: now() });
      if (mod !== 'AutoModerator') world.deeds += 1;
    },
  };
  return world;
}

/** Approving and removing discard what was reported (r2/r2/models/report.py, accept). */
function discard(thing: Thing): void {
  for (const [reason, count] of thing.userReports) thing.dismissed.user.set(reason, (thing.dismissed.user.get(reason) ?? 0) + count);
  thing.dismissed.mod.push(...thing.modReports);
  thing.userReports = new Map();
  thing.modReports = [];
}

/** What waits in a queue: reported, and not discarded since, or held by a filter. */
export function inQueue(thing: Thing, list: string): boolean {
  if (thing.deleted || thing.ignored) return false;
  if (list === 'unmoderated') return thing.name.startsWith('t3') && thing.approved === null && thing.removed === null;
  const reported = thing.userReports.size > 0 || thing.modReports.length > 0;
  return list === 'reports' ? reported : reported || thing.removed?.held === true;
}
