import type { PublishedGuideline } from '../connector.ts';
import { coveredBy } from './account.ts';
import type { Client } from './client.ts';
import { reasonList, ruleList } from './schemas.ts';

/** Beyond so many subreddits the rules of the rest are left to Reddit's own pages: each takes two requests. */
const MOST = 40;

/** A prepared removal reason of a subreddit. */
export type RemovalReason = { readonly id: string; readonly title: string; readonly message: string };

/** Rules and removal reasons of each subreddit. A rule has no id; when it was made stays through its edits. */
export async function publishedGuidelines(client: Client, signal: AbortSignal): Promise<readonly PublishedGuideline[]> {
  const names = (await coveredBy(client, signal)).slice(0, MOST);
  const all: PublishedGuideline[] = [];
  for (const name of names) {
    const where = names.length > 1 ? `r/${name}: ` : '';
    // An unknown subreddit is answered with an empty listing, without rules.
    const rules = (await client.glance(`/r/${encodeURIComponent(name)}/about/rules`, {}, ruleList, 'the rules', signal))?.rules ?? [];
    const ordered = rules.toSorted((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
    for (const [place, rule] of ordered.entries()) {
      if (rule.short_name.trim() === '') continue;
      const only = { link: 'Posts only.', comment: 'Comments only.' }[rule.kind ?? ''];
      const reason = rule.violation_reason && rule.violation_reason !== rule.short_name ? `Reported as: ${rule.violation_reason}` : undefined;
      all.push({
        remoteId: uniqueIn(all, `${name.toLowerCase()} rule ${rule.created_utc ?? rule.short_name}`), number: String(place + 1), title: `${where}${rule.short_name}`,
        body: [rule.description, only, reason].filter((part) => part).join('\n\n'),
      });
    }
    for (const [place, reason] of (await removalReasonsOf(client, name, signal)).entries()) {
      all.push({ remoteId: uniqueIn(all, `${name.toLowerCase()} reason ${reason.id}`), number: `R${place + 1}`, title: `${where}${reason.title}`, body: reason.message });
    }
  }
  return all;
}

/** A subreddit's removal reasons in its own order; none where the account may not read them. */
export async function removalReasonsOf(client: Client, subreddit: string, signal: AbortSignal): Promise<readonly RemovalReason[]> {
  const answer = await client.glance(`/api/v1/${encodeURIComponent(subreddit)}/removal_reasons`, {}, reasonList, 'the removal reasons', signal);
  const { data = [], order = [] } = answer ?? {};
  const place = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);
  return data.filter(({ title }) => title.trim() !== '').toSorted((a, b) => place(a.id) - place(b.id)).map(({ id, title, message }) => ({ id, title, message: message ?? '' }));
}

/** The removal reason that a decision's guideline names: its own, or one of the same title as the rule. */
export function reasonFor(reasons: readonly RemovalReason[], guideline: string | null): RemovalReason | null {
  const named = titleOf((guideline ?? '').replace(/^\S+\s+/, '').replace(/^r\/\w+:\s*/i, ''));
  return named === '' ? null : reasons.find((reason) => titleOf(reason.title) === named) ?? null;
}

function uniqueIn(all: readonly PublishedGuideline[], id: string): string {
  let unique = id;
  for (let again = 2; all.some(({ remoteId }) => remoteId === unique); again += 1) unique = `${id} ${again}`;
  return unique;
}

function titleOf(text: string): string {
  return text.trim().toLowerCase();
}
