import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** One exchange as it was, without what is secret. */
export type Exchange = {
  readonly nsid: string;
  readonly params: Readonly<Record<string, readonly string[]>>;
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
};

export type Recorder = { readonly fetch: typeof globalThis.fetch; readonly exchanges: readonly Exchange[] };

const FOLDER = path.resolve(import.meta.dirname, '../../connectors/ozone/recorded');

/** Fields that sign in, and those of people that Docket leaves out. */
const SECRET = /^(?:accessJwt|refreshJwt|password|email|invites|invitedBy|threatSignatures|emailConfirmedAt|emailConfirmed|invitesDisabled)$/;

function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, SECRET.test(name) ? (typeof inner === 'string' ? `${name}-left-out` : null) : stripped(inner)]));
}

/** A fetch that remembers what was asked and answered. */
export function makeRecorder(): Recorder {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    async fetch(input, init) {
      const request = new Request(input, init);
      const body = request.method === 'GET' ? '' : await request.clone().text();
      const response = await fetch(request);
      const url = new URL(request.url);
      const answer: unknown = await response.clone().json().catch(() => null);
      exchanges.push({
        nsid: url.pathname.replace('/xrpc/', ''),
        params: Object.fromEntries([...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)])),
        body: body === '' ? null : stripped(JSON.parse(body)),
        status: response.status,
        answer: stripped(answer),
      });
      return response;
    },
  };
}

/** Writes small files of what a run has seen: one of each kind of exchange, long lists cut to one of each kind of entry. */
export function keepRecordings({ exchanges }: Recorder): void {
  const last = (name: string, nsid: string, holds = '', status = 200): void => {
    const found = exchanges.findLast((one) => one.nsid.endsWith(nsid) && one.status === status && JSON.stringify(one.answer).includes(holds));
    if (found === undefined) throw new Error(`nothing was recorded for ${name}`);
    write(name, { ...found, answer: shortened(found.answer) });
  };
  last('create-session', 'createSession');
  last('create-session-refused', 'createSession', '', 401);
  last('refresh-session', 'refreshSession');
  last('stale-token', '', 'InvalidToken', 400);
  last('get-config', 'server.getConfig');
  last('get-config-refused', 'server.getConfig', 'not a moderator account', 401);
  last('labelers', 'labeler.getServices');
  last('policies', 'setting.listOptions');
  last('templates', 'listTemplates', 'contentMarkdown');
  last('preferences', 'actor.getPreferences', 'labelersPref');
  last('describe-repo', 'repo.describeRepo');
  last('thread', 'getPostThread', 'A reply');
  last('author-feed', 'getAuthorFeed');
  last('reporter-stats', 'getReporterStats', 'recordReportCount');
  last('status', 'queryStatuses', 'lastReviewedBy');
  last('subjects', 'getSubjects', 'at://');
  for (const [name, nsid, list] of [['events', 'queryEvents', 'events'], ['activities', 'queryActivities', 'activities']] as const) {
    const page = exchanges.find((one) => one.nsid.endsWith(nsid) && one.params['sortDirection']?.[0] === 'asc');
    const entries = exchanges.filter((one) => one.nsid.endsWith(nsid)).flatMap(({ answer }) => listIn(answer, list));
    write(name, { ...page, answer: { [list]: oneOfEach(entries), cursor: '1795253209577::6' } });
  }
  const emitted = exchanges.filter(({ nsid, status }) => nsid.endsWith('emitEvent') && status === 200);
  write('emitted', oneOfEach(emitted));
  const refused = exchanges.filter(({ nsid, status }) => nsid.endsWith('emitEvent') && status !== 200);
  write('emit-refused', [...new Map(refused.map((one) => [JSON.stringify(one.answer), one])).values()]);
}

function write(name: string, value: unknown): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, `${name}.json`), `${JSON.stringify(value, null, 1)}\n`);
}

function listIn(answer: unknown, name: string): unknown[] {
  const list = typeof answer === 'object' && answer !== null ? new Map<string, unknown>(Object.entries(answer)).get(name) : undefined;
  return Array.isArray(list) ? list : [];
}

/** The first entry of each type that is named first within it. */
function oneOfEach(entries: readonly unknown[]): unknown[] {
  return [...new Map(entries.toReversed().map((entry) => [typeOf(entry), shortened(entry)])).values()].toReversed();
}

function typeOf(entry: unknown): string {
  return /tools\.ozone\.\w+\.defs#\w+/.exec(JSON.stringify(entry))?.[0] ?? '';
}

/** Long lists cut to their first three. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 3).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shortened(inner)]));
}
