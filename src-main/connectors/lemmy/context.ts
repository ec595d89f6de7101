import type { SubjectContext, SubjectRef } from '../connector.ts';
import { readKey } from './model.ts';
import type { Thing } from './model.ts';
import { reportsAbout, thingNow } from './state.ts';
import type { StateInput } from './state.ts';
import { memberOf, subjectOf } from './subjects.ts';

/** Comments above a comment that are brought, nearest first. */
const ANCESTORS = 6;
const EMPTY: SubjectContext = { before: [], after: [], members: [], recent: [], subject: null, record: [] };

/** The thread around a thing, what its author wrote lately, and what was done to them there. */
export async function contextOf(input: StateInput, subject: SubjectRef, signal: AbortSignal): Promise<SubjectContext> {
  const { client, dialect } = input;
  const name = readKey(subject.remoteId);
  if (name === null) return EMPTY;
  const isMessage = name.kind === 'private_message';
  const { found } = await reportsAbout(input, { ...name, postId: subject.extra['post'] ?? null }, signal);
  const thing = isMessage ? found[0]?.thing ?? null : await thingNow(input, name.kind, name.id, signal);
  const before = thing?.kind === 'comment' ? await above(input, thing, signal) : [];
  const postId = thing?.kind === 'post' || thing?.kind === 'comment' ? thing.postId : null;
  const after = thing === null || postId === null ? [] : await dialect.comments(client, { postId, parentId: thing.kind === 'comment' ? thing.id : null }, signal);
  const authorId = thing?.author?.id ?? subject.authorId;
  const recent = authorId === null ? [] : await dialect.recent(client, authorId, signal);
  const record = authorId === null ? [] : await dialect.record(client, authorId, signal);
  const shown = (things: readonly Thing[]) => things.filter(({ key }) => key !== subject.remoteId).map((one) => subjectOf(client.server, one, null));
  const closedAt = found.every(({ resolved }) => resolved) ? Math.max(0, ...found.map(({ updatedAt }) => updatedAt ?? 0)) : 0;
  const people = [...before, ...after, ...recent, ...(thing === null ? [] : [thing])].flatMap(({ author }) => author ?? []);
  return {
    before: shown(before), after: shown(after), recent: shown(recent), members: [...new Map(people.map((person) => [person.id, memberOf(person)])).values()],
    subject: thing === null ? null : subjectOf(client.server, thing, closedAt === 0 ? null : closedAt),
    record: [...saidThen(found, thing), ...record],
  };
}

/** The post that a comment stands under and the comments above it, by its path. */
async function above(input: StateInput, { id, path, postId }: Thing, signal: AbortSignal): Promise<readonly Thing[]> {
  const ids = path.split('.').filter((one) => /^\d+$/.test(one) && one !== '0' && one !== id).slice(-ANCESTORS);
  const things = [postId === null ? null : await thingNow(input, 'post', postId, signal)];
  for (const one of ids) things.push(await thingNow(input, 'comment', one, signal));
  return things.flatMap((one) => one ?? []);
}

/** What it said when it was reported, where that is not what it says now. */
function saidThen(reports: readonly { readonly publishedAt: number | null; readonly thing: Thing }[], thing: Thing | null): SubjectContext['record'] {
  const seen = new Set([thing?.text ?? '', '']);
  return reports.flatMap(({ publishedAt, thing: { reported } }) => {
    if (reported === null || seen.has(reported) || publishedAt === null) return [];
    seen.add(reported);
    return [{ at: publishedAt, text: `When it was reported, it said: ${reported}`, by: null }];
  });
}
