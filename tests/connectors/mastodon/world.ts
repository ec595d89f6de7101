/** What the three kinds of server have in common. */
export type Kind = 'mastodon' | 'gotosocial' | 'akkoma';

export type FarAccount = {
  readonly id: string; readonly username: string; readonly domain: string | null;
  suspended: boolean; silenced: boolean; sensitized: boolean; disabled: boolean;
  readonly strikes: { readonly type: string; readonly text: string; readonly mailed: boolean }[];
};

export type FarPost = { readonly id: string; readonly author: FarAccount; content: string; editedAt: number | null; sensitive: boolean; readonly visibility: string; readonly replyTo: string | null };

export type FarReport = {
  readonly id: string; readonly at: number; readonly reporter: FarAccount; readonly target: FarAccount; readonly posts: readonly string[];
  readonly comment: string; category: string; rules: readonly string[]; readonly notes: { readonly by: FarAccount; readonly text: string; readonly at: number }[];
  closed: { readonly at: number; readonly by: FarAccount; readonly state: string; readonly comment: string | null } | null;
  assigned: FarAccount | null;
};

export type LogEntry = { readonly by: string; readonly action: string; readonly report: string; readonly at: number };

/** A server's database, and what can be done to it. */
export type World = {
  readonly kind: Kind;
  readonly now: () => number;
  readonly accounts: Map<string, FarAccount>;
  readonly posts: Map<string, FarPost>;
  /** Posts that were deleted and whose words reports keep, as Pleroma's do. */
  readonly remembered: Map<string, FarPost>;
  readonly reports: Map<string, FarReport>;
  readonly log: LogEntry[];
  /** What moderators did, in order. */
  readonly deeds: string[];
  readonly account: (username: string, domain?: string | null) => FarAccount;
  readonly post: (author: FarAccount, content: string, more?: { readonly visibility?: string; readonly replyTo?: string }) => FarPost;
  readonly report: (input: { readonly by?: string; readonly about: FarAccount; readonly posts?: readonly FarPost[]; readonly comment?: string; readonly category?: string; readonly rules?: readonly string[] }) => FarReport;
  readonly resolve: (id: string, by: FarAccount, state?: string, comment?: string | null) => void;
  readonly reopen: (id: string, by: FarAccount) => void;
  readonly open: () => readonly FarReport[];
};

const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function idMaker(kind: Kind): () => string {
  let made = 0;
  return () => {
    made += 1;
    // Mastodon's are numbers beyond what a double holds; the others are text of one length that grows.
    if (kind === 'mastodon') return String(9_007_199_254_740_993n + BigInt(made) * 3n);
    let rest = made;
    let text = '';
    for (let digit = 0; digit < 8; digit += 1) {
      text = (BASE32[rest % 32] ?? '0') + text;
      rest = Math.floor(rest / 32);
    }
    return kind === 'gotosocial' ? `01GP3AWY4CRDVRNZKW${text}` : `9i6dAJqSGS${text}`;
  };
}

export function makeWorld(kind: Kind, now: () => number): World {
  const nextId = idMaker(kind);
  const accounts = new Map<string, FarAccount>();
  const byName = new Map<string, FarAccount>();
  const posts = new Map<string, FarPost>();
  const remembered = new Map<string, FarPost>();
  const reports = new Map<string, FarReport>();
  const log: LogEntry[] = [];
  const deeds: string[] = [];

  function account(username: string, domain: string | null = null): FarAccount {
    const name = `${username}@${domain ?? ''}`;
    const known = byName.get(name);
    if (known !== undefined) return known;
    const made: FarAccount = { id: nextId(), username, domain, suspended: false, silenced: false, sensitized: false, disabled: false, strikes: [] };
    accounts.set(made.id, made);
    byName.set(name, made);
    return made;
  }

  return {
    kind, now, accounts, posts, remembered, reports, log, deeds, account,
    post(author, content, more = {}) {
      const made: FarPost = { id: nextId(), author, content, editedAt: null, sensitive: false, visibility: more.visibility ?? 'public', replyTo: more.replyTo ?? null };
      posts.set(made.id, made);
      return made;
    },
    report({ by = 'mara', about, posts: named = [], comment = 'Please look at this.', category = 'spam', rules = [] }) {
      const made: FarReport = { id: nextId(), at: now(), reporter: account(by), target: about, posts: named.map(({ id }) => id), comment, category, rules, notes: [], closed: null, assigned: null };
      reports.set(made.id, made);
      return made;
    },
    resolve(id, by, state = 'resolved', comment = null) {
      const report = reports.get(id);
      if (report === undefined) return;
      // Closing what is closed already overwrites who and when, in every one of them.
      report.closed = { at: now(), by, state, comment };
      log.push({ by: by.username, action: 'report_update', report: id, at: now() });
      deeds.push(`resolve ${id} by ${by.username}`);
    },
    reopen(id, by) {
      const report = reports.get(id);
      if (report === undefined) return;
      report.closed = null;
      log.push({ by: by.username, action: 'report_update', report: id, at: now() });
      deeds.push(`reopen ${id} by ${by.username}`);
    },
    open: () => [...reports.values()].filter(({ closed }) => closed === null),
  };
}
