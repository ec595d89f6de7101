/** A member of the family's servers, whatever the dialect. */
export type Person = {
  readonly id: string;
  readonly name: string;
  /** The address without the first @: `rosa` here, `rosa@elsewhere.example` there. */
  readonly acct: string;
  /** Whether the account lives on the moderated server. */
  readonly local: boolean;
  readonly note: string;
  readonly joinedAt: number | null;
  readonly postCount: number | null;
  /** What limits it there now, in {@link LIMITS}' words. */
  readonly limits: readonly Limit[];
};

/** What a server of the family can do to an account, in its own words; the letters go into revisions. */
export const LIMITS = { suspended: 'S', limited: 'L', 'media marked as sensitive': 'N', frozen: 'F', 'waiting for approval': 'W' } as const;
export type Limit = keyof typeof LIMITS;

export type Picture = { readonly url: string; readonly mime: string; readonly alt: string; readonly width: number | null; readonly height: number | null };

export type Post = {
  readonly id: string;
  readonly author: Person | null;
  readonly warning: string;
  readonly html: string;
  readonly choices: readonly string[];
  readonly createdAt: number | null;
  readonly editedAt: number | null;
  readonly url: string | null;
  readonly language: string | null;
  readonly visibility: string;
  readonly sensitive: boolean;
  /** Deleted there: the words are what its server kept for the report. */
  readonly deleted: boolean;
  readonly pictures: readonly Picture[];
  /** The post that it passes on or quotes. */
  readonly inner: { readonly how: 'boosts' | 'quotes'; readonly post: Post } | null;
};

export type Handled = { readonly by: string | null; readonly byAcct: string | null; readonly at: number | null; readonly said: string | null };

/** A report as the connector works with it. */
export type Report = {
  readonly id: string;
  /** Null while it is open. */
  readonly handled: Handled | null;
  readonly category: string;
  readonly rules: readonly string[];
  readonly ruleIds: readonly string[];
  readonly comment: string;
  readonly createdAt: number | null;
  readonly reporter: Person | null;
  readonly target: Person | null;
  readonly assigned: string | null;
  readonly posts: readonly Post[];
  /** What moderators wrote at it. */
  readonly notes: readonly { readonly at: number; readonly text: string; readonly by: string | null }[];
  /** False where some of the posts could not be read. */
  readonly postsAreAll: boolean;
};
