/** PeerTube's state as its source keeps it: videos, comments, accounts, and reports (abuses) that outlive what they are about. */
export type FarAccount = { readonly id: number; readonly name: string; readonly host: string; readonly user: { readonly id: number; blocked: boolean; reason: string | null; role: number } | null; readonly made: number };
export type FarVideo = { readonly id: number; readonly uuid: string; readonly name: string; readonly owner: FarAccount; blacklisted: boolean; automatic: boolean; comments: number; nsfw: boolean; reason: string; gone: boolean; readonly made: number };
export type FarComment = { readonly id: number; readonly text: string; readonly author: FarAccount; readonly video: FarVideo; readonly parent: FarComment | null; deleted: boolean; readonly made: number };
export type About = { readonly video: FarVideo } | { readonly comment: FarComment } | { readonly account: FarAccount };
export type FarMessage = { readonly id: number; readonly text: string; readonly by: FarAccount; readonly byModerator: boolean; readonly at: number };
export type FarAbuse = { readonly id: number; readonly by: FarAccount; readonly about: About; readonly reason: string; readonly reasons: readonly string[]; state: number; comment: string | null; readonly made: number; updated: number; /** Who reported has no account any more. */ orphaned: boolean; readonly messages: FarMessage[] };

export type World = {
  readonly host: string;
  readonly accounts: readonly FarAccount[]; readonly videos: readonly FarVideo[]; readonly comments: readonly FarComment[]; readonly abuses: FarAbuse[];
  readonly muted: Set<FarAccount>;
  readonly actions: () => number;
  readonly acted: () => void;
  readonly account: (name: string, host?: string) => FarAccount;
  readonly video: (owner: FarAccount, name: string) => FarVideo;
  readonly comment: (author: FarAccount, text: string, video: FarVideo, parent?: FarComment | null) => FarComment;
  readonly report: (by: FarAccount, about: About, reason?: string, reasons?: readonly string[]) => FarAbuse;
  readonly flagged: (abuse: FarAbuse) => FarAccount;
  /** What the list shows: nothing that a muted account reported. */
  readonly shown: () => FarAbuse[];
  readonly set: (abuse: FarAbuse, state: number, comment?: string) => void;
};

export function makeWorld(host: string, now: () => number): World {
  const [accounts, videos, comments, abuses]: [FarAccount[], FarVideo[], FarComment[], FarAbuse[]] = [[], [], [], []];
  const byName = new Map<string, FarAccount>();
  const muted = new Set<FarAccount>();
  let [actions, ticks] = [0, 0];
  const tick = (): number => now() + (ticks += 1);

  const world: World = {
    host, accounts, videos, comments, abuses, muted,
    actions: () => actions,
    acted() {
      actions += 1;
    },
    account(name, at = host) {
      const known = byName.get(`${name}@${at}`);
      if (known !== undefined) return known;
      const made: FarAccount = { id: accounts.length + 1, name, host: at, user: at === host ? { id: accounts.length + 1001, blocked: false, reason: null, role: 2 } : null, made: now() };
      accounts.push(made);
      byName.set(`${name}@${at}`, made);
      return made;
    },
    video(owner, name) {
      const id = videos.length + 1;
      const made: FarVideo = { id, uuid: `9c9de5e8-0a1e-484a-b099-${String(id).padStart(12, '0')}`, name, owner, blacklisted: false, automatic: false, comments: 1, nsfw: false, reason: '', gone: false, made: now() };
      videos.push(made);
      return made;
    },
    comment(author, text, video, parent = null) {
      const made: FarComment = { id: comments.length + 1, text, author, video, parent, deleted: false, made: now() };
      comments.push(made);
      return made;
    },
    report(by, about, reason = 'I do not like it', reasons = []) {
      const at = tick();
      const made: FarAbuse = { id: abuses.length + 1, by, about, reason, reasons, state: 1, comment: null, made: at, updated: at, orphaned: false, messages: [] };
      abuses.push(made);
      return made;
    },
    flagged({ about }) {
      if ('video' in about) return about.video.owner;
      return 'comment' in about ? about.comment.author : about.account;
    },
    shown: () => abuses.filter(({ by, orphaned }) => orphaned || !muted.has(by)),
    // The last writer wins, and nobody is told who it was.
    set(abuse, state, comment) {
      Object.assign(abuse, { state, updated: tick(), ...(comment === undefined ? {} : { comment }) });
    },
  };
  return world;
}
