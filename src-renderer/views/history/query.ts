import type { HistoryFilter } from '../../../src-main/contract/work.ts';
import { EVENT_KINDS, VERBS } from '../../../src-main/contract/words.ts';
import type { EventKind, Verb } from '../../../src-main/contract/words.ts';

const DAY = 86_400_000;

/** Kinds of event as people ask for them; every kind of the log is in exactly one group. */
export const KIND_GROUPS = [
  { id: 'decision', title: 'decisions', prefixes: ['decision.', 'conflict.'] },
  { id: 'claim', title: 'claims', prefixes: ['item.'] },
  { id: 'note', title: 'notes', prefixes: ['note.'] },
  { id: 'case', title: 'cases', prefixes: ['case.'] },
  { id: 'guideline', title: 'guidelines', prefixes: ['guideline.'] },
  { id: 'member', title: 'linked members', prefixes: ['member.'] },
  { id: 'connection', title: 'connections', prefixes: ['connection.', 'file.'] },
  { id: 'setting', title: 'settings and erasures', prefixes: ['setting.', 'payload.'] },
] as const;
export type KindGroup = (typeof KIND_GROUPS)[number]['id'];

/** What the history shows: the chips, as a value. Times are relative until they are asked for. */
export type HistoryQuery = {
  readonly actor?: string;
  readonly kind?: KindGroup;
  readonly verb?: Verb;
  readonly guidelineId?: string;
  readonly platform?: string;
  readonly connectionId?: string;
  readonly lastDays?: number;
  /** The first moment of a day, local time. */
  readonly day?: number;
  readonly item?: { readonly id: number; readonly title: string };
  readonly member?: { readonly id: number; readonly title: string };
  readonly case?: { readonly id: string; readonly title: string };
};

/** The kinds of event of a group. */
export function kindsOf(group: KindGroup): readonly EventKind[] {
  const prefixes: readonly string[] = KIND_GROUPS.find(({ id }) => id === group)?.prefixes ?? [];
  return EVENT_KINDS.filter((kind) => prefixes.some((prefix) => kind.startsWith(prefix)));
}

/** The query as the backend takes it; `now` turns "last 7 days" into a moment. */
export function toFilter(query: HistoryQuery, now: number): HistoryFilter {
  const { actor, kind, verb, guidelineId, platform, connectionId, lastDays, day, item, member } = query;
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(kind === undefined ? {} : { kinds: [...kindsOf(kind)] }),
    ...(verb === undefined ? {} : { verb }),
    ...(guidelineId === undefined ? {} : { guidelineId }),
    ...(platform === undefined ? {} : { platform }),
    ...(connectionId === undefined ? {} : { connectionId }),
    ...(item === undefined ? {} : { itemId: item.id }),
    ...(member === undefined ? {} : { memberId: member.id }),
    ...(query.case === undefined ? {} : { caseId: query.case.id }),
    ...(lastDays === undefined ? {} : { from: now - lastDays * DAY }),
    ...(day === undefined ? {} : { from: day, to: endOfDay(day) }),
  };
}

/** The last millisecond of a local day, which may have 23 or 25 hours. */
function endOfDay(start: number): number {
  const date = new Date(start);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime() - 1;
}

/** The names behind ids, for chips and choices. */
export type QueryNames = {
  readonly actors: readonly string[];
  readonly guidelines: readonly { readonly id: string; readonly number: string; readonly title: string }[];
  readonly connections: readonly { readonly id: string; readonly title: string; readonly platform: string; readonly platformTitle: string }[];
};

/** One filter as a chip or as a choice: "kind is decisions". `set` holds what it adds to the query. */
export type QueryPart = {
  readonly field: keyof HistoryQuery;
  readonly label: string;
  readonly value: string;
  readonly set: HistoryQuery;
};

function dayTitle(day: number): string {
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' }).format(day);
}

/** The chips of a query, in a fixed order. */
export function partsOf(query: HistoryQuery, names: QueryNames): readonly QueryPart[] {
  const guideline = names.guidelines.find(({ id }) => id === query.guidelineId);
  const connection = names.connections.find(({ id }) => id === query.connectionId);
  const platform = names.connections.find(({ platform }) => platform === query.platform);
  const parts: (QueryPart | null)[] = [
    query.lastDays === undefined ? null : { field: 'lastDays', label: 'last', value: query.lastDays === 1 ? '24 hours' : `${query.lastDays} days`, set: { lastDays: query.lastDays } },
    query.day === undefined ? null : { field: 'day', label: 'on', value: dayTitle(query.day), set: { day: query.day } },
    query.actor === undefined ? null : { field: 'actor', label: 'by', value: query.actor, set: { actor: query.actor } },
    query.kind === undefined ? null : { field: 'kind', label: 'kind is', value: KIND_GROUPS.find(({ id }) => id === query.kind)?.title ?? query.kind, set: { kind: query.kind } },
    query.verb === undefined ? null : { field: 'verb', label: 'did', value: query.verb, set: { verb: query.verb } },
    query.guidelineId === undefined ? null : { field: 'guidelineId', label: 'guideline is', value: guideline === undefined ? 'a former one' : `${guideline.number} ${guideline.title}`, set: { guidelineId: query.guidelineId } },
    query.platform === undefined ? null : { field: 'platform', label: 'platform is', value: platform?.platformTitle ?? query.platform, set: { platform: query.platform } },
    query.connectionId === undefined ? null : { field: 'connectionId', label: 'from', value: connection?.title ?? 'a former connection', set: { connectionId: query.connectionId } },
    query.item === undefined ? null : { field: 'item', label: 'item', value: query.item.title, set: { item: query.item } },
    query.member === undefined ? null : { field: 'member', label: 'member', value: query.member.title, set: { member: query.member } },
    query.case === undefined ? null : { field: 'case', label: 'case', value: query.case.title, set: { case: query.case } },
  ];
  return parts.filter((part) => part !== null);
}

/** A day typed as 2026-04-14; null for anything else. */
function dayFromText(text: string): number | null {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text.trim());
  if (match === null) return null;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const day = new Date(year, month - 1, date);
  return day.getMonth() === month - 1 && day.getDate() === date ? day.getTime() : null;
}

/** Every filter there is to choose, narrowed by what was typed; a typed day comes first. */
export function choices(names: QueryNames, text: string): readonly QueryPart[] {
  const day = dayFromText(text);
  if (day !== null) return partsOf({ day }, names);
  const platforms = [...new Set(names.connections.map(({ platform }) => platform))];
  const all = [
    ...[1, 7, 14, 30, 90].map((lastDays): HistoryQuery => ({ lastDays })),
    ...names.actors.map((actor): HistoryQuery => ({ actor })),
    ...KIND_GROUPS.map(({ id }): HistoryQuery => ({ kind: id })),
    ...names.guidelines.map(({ id }): HistoryQuery => ({ guidelineId: id })),
    ...names.connections.map(({ id }): HistoryQuery => ({ connectionId: id })),
    ...platforms.map((platform): HistoryQuery => ({ platform })),
    ...VERBS.map((verb): HistoryQuery => ({ verb })),
  ].flatMap((query) => partsOf(query, names));
  const words = text.toLowerCase().split(/\s+/u).filter((word) => word !== '');
  return all.filter(({ label, value }) => words.every((word) => `${label} ${value}`.toLowerCase().includes(word)));
}

/** The query with a part added; a span of days and a single day exclude each other. */
export function withPart(query: HistoryQuery, part: QueryPart): HistoryQuery {
  const base = part.field === 'day' ? without(query, 'lastDays') : part.field === 'lastDays' ? without(query, 'day') : query;
  return { ...base, ...part.set };
}

/** The query without one of its parts. */
export function without(query: HistoryQuery, field: keyof HistoryQuery): HistoryQuery {
  return Object.fromEntries(Object.entries(query).filter(([name]) => name !== field));
}
