import { z } from 'zod';
import type { OzoneServers } from './servers.ts';

const made = z.object({ uri: z.string(), cid: z.string() });
export type Made = z.infer<typeof made>;

const seen = z.object({
  events: z.array(z.looseObject({
    id: z.number(), subjectBlobCids: z.array(z.string()).optional(), event: z.looseObject({ $type: z.string() }), createdBy: z.string(),
    modTool: z.looseObject({ name: z.string() }).optional(),
  })),
});
export type SeenEvent = z.infer<typeof seen>['events'][number];

/** What people do at the servers, other than through Docket. */
export type People = {
  readonly post: (who: string, text: string, more?: Readonly<Record<string, unknown>>) => Promise<Made>;
  readonly reportPost: (who: string, post: Made, reasonType: string, reason: string) => Promise<void>;
  readonly reportAccount: (who: string, whom: string, reasonType: string, reason: string) => Promise<void>;
  /** A moderator acts with another tool. */
  readonly moderate: (who: string, post: Made, event: Readonly<Record<string, unknown>> & { readonly $type: string }) => Promise<void>;
  /** The server's own history of a subject, oldest first. */
  readonly history: (subject: string) => Promise<readonly SeenEvent[]>;
  readonly call: (who: string, nsid: string, options: { readonly body?: unknown; readonly params?: Readonly<Record<string, string>>; readonly proxied?: boolean }) => Promise<unknown>;
};

export function peopleOf(servers: OzoneServers): People {
  const accountOf = (who: string): OzoneServers['accounts'][string] => {
    const account = servers.accounts[who];
    if (account === undefined) throw new Error(`nobody is called ${who}`);
    return account;
  };

  const call: People['call'] = async (who, nsid, { body, params = {}, proxied = true }) => {
    const url = new URL(`${servers.pds}/xrpc/${nsid}`);
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${accountOf(who).jwt}`,
        ...(proxied ? { 'atproto-proxy': `${servers.labeler}#atproto_labeler` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw new Error(`${nsid}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    call,
    async post(who, text, more = {}) {
      return made.parse(await call(who, 'com.atproto.repo.createRecord', {
        proxied: false,
        body: {
          repo: accountOf(who).did, collection: 'app.bsky.feed.post',
          record: { $type: 'app.bsky.feed.post', text, langs: ['en'], createdAt: new Date().toISOString(), ...more },
        },
      }));
    },
    async reportPost(who, post, reasonType, reason) {
      await call(who, 'com.atproto.moderation.createReport', { body: { reasonType, reason, subject: recordOf(post) } });
    },
    async reportAccount(who, whom, reasonType, reason) {
      const subject = { $type: 'com.atproto.admin.defs#repoRef', did: accountOf(whom).did };
      await call(who, 'com.atproto.moderation.createReport', { body: { reasonType, reason, subject } });
    },
    async moderate(who, post, event) {
      await call(who, 'tools.ozone.moderation.emitEvent', { body: { event, subject: recordOf(post), createdBy: accountOf(who).did } });
    },
    async history(subject) {
      return seen.parse(await call('ada', 'tools.ozone.moderation.queryEvents', { params: { subject, sortDirection: 'asc', limit: '100' } })).events;
    },
  };
}

function recordOf({ uri, cid }: Made): Readonly<Record<string, string>> {
  return { $type: 'com.atproto.repo.strongRef', uri, cid };
}
