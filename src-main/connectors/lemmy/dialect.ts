import type { Call } from '../http/call.ts';
import type { Kind, Person, Report, Thing } from './model.ts';
import type { Client } from './client.ts';
import type { Myself, SiteAnswer } from './schemas.ts';

/** One list of reports to go through. `of`: one kind, or all of them where the instance keeps one list. */
export type Listing = {
  readonly of: Kind | 'all';
  /** Only open ones, oldest first; else all, newest first (crates/db_views/report: ReportSortType::Default). */
  readonly open: boolean;
  /** Only those about this thing; `postId` is that of a comment's post. */
  readonly about?: { readonly kind: Kind; readonly id: string; readonly postId: string | null };
};

export type Page = { readonly reports: readonly Report[]; readonly next: string | null };

export type Note = { readonly at: number; readonly text: string; readonly by: string | null };

/** Something that the account said to a member, and when. */
export type Sent = { readonly at: number | null; readonly words: string };

/** One kind of deed in the moderation log, and which entries of it: their parameters are the same in both versions. */
export type Logged = {
  readonly deed: 'ban' | 'ban-here' | 'remove-post' | 'remove-comment' | 'remove-community' | 'lock-post' | 'lock-comment';
  readonly only: { readonly other_person_id?: string; readonly community_id?: string; readonly post_id?: string; readonly comment_id?: string };
};

/** `undone`: it takes back what the kind says. `by` is null where the instance hides its moderators. */
export type LogEntry = { readonly at: number | null; readonly undone: boolean; readonly until: number | null; readonly by: Person | null };

/** What differs between the two versions of the API. */
export type Dialect = {
  readonly id: 'v3' | 'v4';
  /** What the instance runs, for sentences. */
  readonly title: string;
  /** Where the API begins, and its sign-in within. */
  readonly api: string;
  readonly login: string;
  /** The lists that together have all reports an account may see. */
  readonly lists: (admin: boolean) => readonly Listing['of'][];
  readonly page: (client: Client, listing: Listing, at: string | null, admin: boolean, signal: AbortSignal) => Promise<Page>;
  readonly me: (client: Client, signal: AbortSignal) => Promise<Myself>;
  readonly site: (client: Client, signal: AbortSignal) => Promise<SiteAnswer>;
  /** Comments under a post or a comment, as they stand there. */
  readonly comments: (client: Client, under: { readonly postId: string; readonly parentId: string | null }, signal: AbortSignal) => Promise<readonly Thing[]>;
  readonly recent: (client: Client, personId: string, signal: AbortSignal) => Promise<readonly Thing[]>;
  /** What was done to a person before, newest first. */
  readonly record: (client: Client, personId: string, signal: AbortSignal) => Promise<readonly Note[]>;
  /** The latest entry of a kind; of bans from the instance, of this instance's alone where others' are told apart. */
  readonly latest: (client: Client, logged: Logged, signal: AbortSignal) => Promise<LogEntry | null>;
  /** Whether a removed post can be locked and unlocked. */
  readonly reachesRemoved: boolean;
  /** True where `banned` says that the author's own instance or the community's banned them, too. */
  readonly countsOthersBans: boolean;
  /** Warnings that an account gave about a thing; null where there are no warnings. */
  readonly warnings: ((client: Client, thing: Thing, modId: string, signal: AbortSignal) => Promise<readonly Sent[]>) | null;
  /** The latest private messages between an account and a member, as far as the account wrote them. */
  readonly messages: (client: Client, personId: string, meId: string, signal: AbortSignal) => Promise<readonly Sent[]>;
  readonly calls: {
    /** Ban from the instance; `expires` in seconds since the epoch. */
    readonly ban: (personId: string, ban: boolean, reason: string, expires: number | null) => Call;
    readonly banHere: (communityId: string, personId: string, ban: boolean, reason: string, expires: number | null) => Call;
    /** Null where comments cannot be locked by themselves: their post is. */
    readonly lockComment: ((id: string, locked: boolean, reason: string) => Call) | null;
    readonly warn: ((kind: 'post' | 'comment', id: string, reason: string) => Call) | null;
    readonly resolve: (kind: Kind, reportId: string, resolved: boolean, conclusion: string) => Call;
  };
};
