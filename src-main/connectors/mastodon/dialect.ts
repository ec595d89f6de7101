import type { z } from 'zod';
import type { Verb } from '../../contract/words.ts';
import type { Call as PlainCall } from '../http/call.ts';
import type { Limit, Person, Post, Report } from './model.ts';
import type { Credentials } from './schemas.ts';

/** One request of the API, as data. */
export type Call = PlainCall & {
  /** What an answer looks like that means that it is done; 204 always does. */
  readonly answer?: z.ZodType;
};

/** What a decision needs to be allowed there. */
export type Permission = 'reports' | 'accounts' | 'posts' | 'tags';
export type Access = Readonly<Record<Permission, boolean>>;

/** Something that can be done to an account. */
export type AccountDeed = {
  readonly call: (person: Person, order: { readonly reportId: string | null; readonly text: string }) => Call;
  readonly undo: ((person: Person) => Call) | null;
  /** How the account stands afterwards; null where it leaves no trace on the account. */
  readonly limit: Limit | null;
  /** Null where it works for every account, else why not for accounts of other servers. */
  readonly notRemote: string | null;
  /** Which open reports the server closes by itself: all about the account, the one that is named, or none. */
  readonly closes: 'all' | 'named' | 'none';
  readonly said: string;
};

/** Something that can be done to one post. */
export type PostDeed = {
  readonly call: (id: string) => Call;
  readonly undo: ((id: string) => Call) | null;
  /** Whether the post stands so already; null is a post that is gone. */
  readonly isSo: (post: Post | null) => boolean;
  readonly said: string;
};

/** How a verb is carried out. */
export type Way =
  | { readonly by: 'account'; readonly deed: AccountDeed; readonly label?: string; readonly message?: boolean; readonly permission?: Permission }
  | { readonly by: 'post'; readonly deed: PostDeed; readonly label?: string }
  /** Closes the reports of the subject; `state` as the server calls it. */
  | { readonly by: 'reports' }
  /** Lifts every limit of the account. */
  | { readonly by: 'lifting' }
  | { readonly by: 'nothing'; readonly why: string };

export type Ways = { readonly [verb in Verb]?: Way };

/** A stream of the account's notifications. `events`: the path of server-sent events, where there are any. */
export type StreamOf = {
  readonly events: string | null;
  /** Where the WebSocket takes the token, best first: the Authorization header, or Sec-WebSocket-Protocol. */
  readonly tokenIn: readonly ('header' | 'protocol')[];
};

/** How one software of the family differs from the others. */
export type Dialect = {
  /** What people call the software. */
  readonly title: string;
  /** Names by which nodeinfo knows it and its forks. */
  readonly names: readonly string[];
  /** What to ask for at the sign-in. */
  readonly scopes: readonly string[];
  /** Scopes without which threads, members and new reports are not seen. */
  readonly sight: readonly string[];
  /** Scopes that each permission needs. */
  readonly needs: Readonly<Record<Permission, readonly string[]>>;
  /** What the account's role allows, as far as the server says. */
  readonly access: (me: Credentials) => Access;
  /** Where each permission is granted, as a sentence. */
  readonly grant: Readonly<Record<Permission, string>>;
  /** Where a token is made by hand; null where the server has no page for it. */
  readonly tokenPage: string | null;
  readonly list: {
    readonly path: string;
    readonly open: Readonly<Record<string, string>>;
    readonly closed: Readonly<Record<string, string>>;
    /** By ids going down, or by page numbers. */
    readonly paging: 'ids' | 'pages';
    readonly sizeName: string;
    /** The most a page may have. */
    readonly size: number;
    /** Whether the list can be asked for the reports about one account. */
    readonly byTarget: boolean;
    readonly read: (row: unknown) => Report;
  };
  readonly report: (id: string) => string;
  readonly resolve: (id: string, dismissed: boolean) => Call;
  /** Says which rules were broken; null where a report stays as it was filed. */
  readonly classify: ((id: string, ruleIds: readonly string[]) => Call) | null;
  /** Null where a closed report stays closed. */
  readonly reopen: ((id: string) => Call) | null;
  readonly account: { readonly path: (id: string) => string; readonly read: (answer: unknown) => Person | null };
  /** Where one post is read, by id. */
  readonly post: (id: string) => string;
  /** How new reports are told as they come; null where the software does not tell them. */
  readonly stream: StreamOf | null;
  /** Addresses of the server's own pages for moderators. */
  readonly pages: { readonly report: (id: string) => string; readonly account: (person: Person) => string };
  /** Where the server writes down who closed a report, by its id; null where the report itself says it. */
  readonly closer: ((id: string) => Call) | null;
  readonly ways: { readonly post: Ways; readonly member: Ways };
};

/** An id as a part of a path. */
export function part(id: string): string {
  return encodeURIComponent(id);
}
