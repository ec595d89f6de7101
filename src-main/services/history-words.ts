import type { EventRow } from '../contract/work.ts';
import { assertNever } from '../contract/words.ts';
import { harmlessBidi } from '../domain/bidi.ts';
import type { LoggedEvent, LoggedOf } from '../domain/event.ts';
import { excerpt, sayActions, sayDeliveries, sayGuideline } from '../domain/say.ts';
import { caseById } from '../store/cases.ts';
import { deliveriesOfDecision, theirs } from '../store/deliveries.ts';
import { guidelineById, guidelineVersion } from '../store/guidelines.ts';
import { historyPage } from '../store/history.ts';
import { eventById, parseEvent } from '../store/log.ts';
import { memberById, memberByKey, subjectByKey } from '../store/subjects.ts';
import type { Context } from './context.ts';

const MOST_LATER = 20;

export type EventWords = Pick<EventRow, 'did' | 'to' | 'under' | 'connectionId' | 'delivered' | 'later'>;

/** An event in words, with what became of it since. */
export function wordsOf(ctx: Context, event: LoggedEvent): EventWords {
  const plain = { under: null, connectionId: null, delivered: null, later: null };
  switch (event.kind) {
    case 'decision.recorded':
    case 'decision.redone':
      return decisionWords(ctx, event);
    case 'decision.undone': {
      const { decisionId } = event.public;
      const undone = eventById(ctx.store, decisionId);
      const words = undone === undefined ? { ...plain, did: 'decision', to: '' } : wordsOf(ctx, undone);
      return { ...words, did: `undo ${words.did}`, delivered: deliveredOf(ctx, decisionId, true), later: null };
    }
    case 'conflict.resolved': {
      const { key, connectionId, choice } = event.public;
      return { ...plain, did: choice === 'keep-theirs' ? 'keep theirs' : 'send ours over theirs', to: subjectWords(ctx, [key]), connectionId };
    }
    case 'item.claimed':
    case 'item.released':
      return { ...plain, did: event.kind === 'item.claimed' ? 'claim' : 'release', to: subjectWords(ctx, [event.public.key]), connectionId: event.public.connectionId };
    case 'note.written':
    case 'note.revised': {
      const { about, revision } = event.public;
      const to = about.kind === 'case' ? caseWords(ctx, about.key) : about.kind === 'member' ? memberWords(ctx, about.key) : subjectWords(ctx, [about.key]);
      return { ...plain, did: revision === 1 ? `note on ${about.kind}` : `note on ${about.kind}, revision ${revision}`, to };
    }
    case 'case.opened':
    case 'case.changed':
    case 'case.party-added':
    case 'case.party-removed':
    case 'case.item-linked':
    case 'case.item-unlinked':
      return { ...plain, did: caseDid(event), to: caseWords(ctx, event.public.caseId) };
    case 'guideline.published':
      return { ...plain, did: `publish version ${event.public.version}`, to: sayGuideline(event.public), connectionId: event.public.connectionId };
    case 'guideline.retired': {
      const guideline = guidelineById(ctx.store, event.public.guidelineId);
      return { ...plain, did: event.public.retired ? 'retire guideline' : 'bring guideline back', to: guideline === undefined ? '' : sayGuideline(guideline) };
    }
    case 'member.linked':
      return { ...plain, did: 'link members', to: `${memberWords(ctx, event.public.a)} and ${memberWords(ctx, event.public.b)}` };
    case 'member.unlinked':
      return { ...plain, did: 'unlink member', to: memberWords(ctx, event.public.member) };
    case 'connection.added':
    case 'connection.changed':
    case 'connection.removed': {
      const { connectionId } = event.public;
      return { ...plain, did: connectionDid(event), to: ctx.connections.byId(connectionId)?.title ?? '', connectionId };
    }
    case 'file.imported': {
      const { connectionId } = event.public;
      return { ...plain, did: 'import a file', to: ctx.connections.byId(connectionId)?.title ?? '', connectionId };
    }
    case 'setting.changed':
      return { ...plain, did: 'change settings', to: event.public.names.join(', ') };
    case 'payload.erased': {
      const erased = eventById(ctx.store, event.public.eventId);
      return { ...plain, did: 'erase personal data', to: erased === undefined ? '' : `of event ${erased.seq}` };
    }
    default:
      return assertNever(event, 'no words for event');
  }
}

function decisionWords(ctx: Context, event: LoggedOf<'decision.recorded'> | LoggedOf<'decision.redone'>): EventWords {
  const { actions, items, guideline } = event.public;
  const version = guideline === null ? undefined : guidelineVersion(ctx.store, guideline.id, guideline.version);
  return {
    did: `${event.kind === 'decision.redone' ? 'redo ' : ''}${sayActions(actions)}`,
    to: subjectWords(ctx, items.map((item) => item.key)),
    under: version === undefined ? null : `${sayGuideline(version)} · v${version.version}`,
    connectionId: items[0]?.connectionId ?? null,
    delivered: deliveredOf(ctx, event.id, false),
    later: laterWords(ctx, event.id),
  };
}

/** What became of a decision: its conflicts and their ends, its undo and redo, in their order. */
function laterWords(ctx: Context, decisionId: string): string | null {
  const after = historyPage(ctx.store, {
    tags: [`decision:${decisionId}`], actor: null, kinds: [], below: Number.MAX_SAFE_INTEGER, from: null, to: null,
  }, MOST_LATER).map(parseEvent).toReversed();
  const said = after.map((event) => {
    switch (event.kind) {
      case 'decision.undone': return `undone by ${event.actor}`;
      case 'decision.redone': return `redone by ${event.actor}`;
      case 'conflict.resolved': return event.public.choice === 'keep-theirs' ? `theirs kept by ${event.actor}` : `sent over theirs by ${event.actor}`;
      default: return '';
    }
  });
  return said.join(', ') || null;
}

function deliveredOf(ctx: Context, decisionId: string, reverse: boolean): string | null {
  return sayDeliveries(deliveriesOfDecision(ctx.store, decisionId)
    .filter((row) => (row.reverse === 1) === reverse)
    .map((row) => ({
      state: row.state,
      instance: ctx.connections.byN(row.connection)?.instance ?? 'a removed connection',
      theirs: row.theirs === null ? null : theirs.parse(JSON.parse(row.theirs)).by,
    })));
}

/** One subject as "kestrel_9 · “You should be…”", several as counts. */
function subjectWords(ctx: Context, keys: readonly string[]): string {
  const [only] = keys;
  if (only === undefined) return '';
  if (keys.length === 1) {
    const subject = subjectByKey(ctx.store, only);
    const authorId = subject?.author ?? null;
    const author = authorId === null ? undefined : memberById(ctx.store, authorId);
    const text = subject === undefined || subject.type === 'member' ? '' : excerpt(subject.text, 60);
    const who = author?.name || (subject?.type === 'member' ? memberWords(ctx, only) : '');
    return harmlessBidi([who, text === '' ? '' : `“${text}”`].filter((part) => part !== '').join(' · ')) || only;
  }
  const authors = new Set(keys.map((key) => subjectByKey(ctx.store, key)?.author ?? key));
  return `${authors.size === 1 ? '1 member' : `${authors.size} members`} · ${keys.length} items`;
}

function memberWords(ctx: Context, key: string): string {
  const member = memberByKey(ctx.store, key);
  return member === undefined ? key : harmlessBidi(member.name || member.handle);
}

function caseWords(ctx: Context, id: string): string {
  const row = caseById(ctx.store, id);
  return row === undefined ? '' : `case ${row.number} · ${row.title ?? 'erased'}`;
}

type CaseEvent = Extract<LoggedEvent, { kind: `case.${string}` }>;

function caseDid(event: CaseEvent): string {
  switch (event.kind) {
    case 'case.opened':
      return 'open case';
    case 'case.changed': {
      const { titled, stage, audience, followUpAt } = event.public;
      const parts = [
        titled ? 'rename' : '',
        stage === undefined ? '' : `move to ${stage}`,
        audience === undefined ? '' : `show to ${audience}`,
        followUpAt === undefined ? '' : followUpAt === null ? 'drop the follow-up' : 'set a follow-up',
      ].filter((part) => part !== '');
      return parts.join(', ');
    }
    case 'case.party-added':
      return `add party, ${event.public.role.replace('-', ' ')}`;
    case 'case.party-removed':
      return 'remove party';
    case 'case.item-linked':
      return 'link item';
    case 'case.item-unlinked':
      return 'unlink item';
  }
}

function connectionDid(event: Extract<LoggedEvent, { kind: `connection.${string}` }>): string {
  switch (event.kind) {
    case 'connection.added':
      return 'connect';
    case 'connection.removed':
      return 'remove connection';
    case 'connection.changed':
      return event.public.paused === undefined ? 'change connection' : event.public.paused ? 'pause' : 'resume';
  }
}
