import type { ConnectorIo, DeliveryResult, Order, SubjectRef } from '../connector.ts';
import type { Client } from './client.ts';
import { closeRows, emit, emitBeside, ours } from './emit.ts';
import { mailOf } from './mail.ts';
import { blobsOf } from './media.ts';
import { wireOf } from './names.ts';
import { planOf } from './orders.ts';
import type { Plan } from './orders.ts';
import { hasPlanned, reviewedAtOf } from './revision.ts';
import { PLANNED_TAG, cancelPlanned, planTakedown, plannedFor } from './schedule.ts';
import type { Status } from './schemas.ts';
import type { State } from './state.ts';
import { withStrikes } from './strikes.ts';
import type { TeamSettings } from './team-settings.ts';
import { viewsOf } from './views.ts';

export type DeliverInput = {
  readonly io: ConnectorIo;
  readonly client: Client;
  readonly labeler: string;
  readonly desk: string;
  /** The moderator's DID; Ozone takes the session's in any case. */
  readonly createdBy: string;
  readonly state: State;
  readonly team: TeamSettings;
};

const ACKNOWLEDGE = 'tools.ozone.moderation.defs#modEventAcknowledge';
const RESOLVE_APPEAL = 'tools.ozone.moderation.defs#modEventResolveAppeal';
const EMAIL = 'tools.ozone.moderation.defs#modEventEmail';

/** Sends one order. Every event carries an external id made from the order's, so that a repeat changes nothing. */
export async function deliver(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const { state } = input;
  const plan = planOf(order, input.team);
  if (typeof plan === 'string') return { kind: 'refused', why: plan };
  const status = await state.statusOf(order.subject, signal);
  if (!order.force) {
    const met = await metSomeone(input, order, plan, status, signal);
    if (met !== null) return met;
  }
  if (plan.event.$type === EMAIL) {
    // Ozone sends the mail before it looks for the external id: a repeat would be a second mail.
    const sent = await state.eventOfOrder(plan.target, order.id, EMAIL, signal);
    if (sent !== null) return finish(input, order, plan, status, ours(sent), signal);
  }
  if (status?.appealed === true && plan.answersAppeal) await emitBeside(input, order, order.subject, { $type: RESOLVE_APPEAL }, 'appeal', signal);
  const result = await carryOut(input, order, plan, status, signal);
  return finish(input, order, plan, status, result, signal);
}

/** Someone else's decision since the person looked: what they wished for, or a conflict. Null where there is none. */
async function metSomeone(input: DeliverInput, order: Order, plan: Plan, status: Status | undefined, signal: AbortSignal): Promise<DeliveryResult | null> {
  const { state } = input;
  const isOwn = plan.target.remoteId === order.subject.remoteId;
  const seen = reviewedAtOf(order.expected) ?? order.decidedAt;
  if ((status?.lastReviewedAt ?? 0) > seen) {
    const theirs = await state.decidedSince(order.subject, seen, signal);
    if (theirs !== null) return { kind: plan.isSo(isOwn ? status : await state.statusOf(plan.target, signal)) ? 'already' : 'conflict', ...theirs };
  }
  if (order.verb !== 'suspend' || order.reverse || hasPlanned(order.expected)) return null;
  const account = isOwn ? status : await state.statusOf(plan.target, signal);
  const planned = account?.tags.includes(PLANNED_TAG) === true ? await state.plannedByOthers(plan.target, signal) : null;
  return planned === null || (order.expected === null && (planned.at ?? 0) <= order.decidedAt) ? null : { kind: 'conflict', ...planned };
}

async function carryOut(input: DeliverInput, order: Order, plan: Plan, status: Status | undefined, signal: AbortSignal): Promise<DeliveryResult> {
  const { client, labeler, state } = input;
  const cid = status?.subject?.cid;
  const wire = wireOf(plan.target) ?? (cid === undefined ? null : wireOf({ ...plan.target, extra: { cid } }));
  if (wire === null) return { kind: 'refused', why: 'Ozone has not said which version of the post this is. It may be gone; wait for the next sync and try again.' };
  if (plan.at !== null) return planned(input, order, plan, plan.at, signal);
  if (plan.unplans) {
    const comment = typeof plan.event['comment'] === 'string' ? plan.event['comment'] : '';
    const pending = (await plannedFor(client, labeler, plan.target.remoteId, signal)).find(({ isPending }) => isPending);
    const cancelled = pending !== undefined && await cancelPlanned(client, labeler, plan.target.remoteId, comment, signal);
    const now = cancelled ? await state.statusOf(plan.target, signal) : undefined;
    if (cancelled && now?.takendown !== true) return { kind: 'done', remoteId: pending.id, said: `planned takedown ${pending.id} cancelled` };
  }
  const event = plan.event.$type === EMAIL ? { ...plan.event, ...mailOf(order, await handleOf(input, plan.target, order, signal)) }
    : await withStrikes(state, input.team, order, plan, input.io.now(), signal);
  const blobs = plan.withBlobs ? blobsOf((await viewsOf(client, labeler, [plan.target], signal)).get(plan.target.remoteId)?.record?.value) : [];
  const result = await emit(input, order, { ...plan, event }, wire, blobs, signal);
  if (result.kind === 'done' && plan.beside !== null) await emitBeside(input, order, plan.target, plan.beside, 'tags', signal);
  return result;
}

/** A takedown for later. Ozone has no external id for plans, so an own one is looked for first. */
async function planned(input: DeliverInput, order: Order, plan: Plan, at: number, signal: AbortSignal): Promise<DeliveryResult> {
  const { client, labeler, desk, createdBy, state } = input;
  const did = plan.target.remoteId;
  const own = (await plannedFor(client, labeler, did, signal)).find(({ orderId }) => orderId === order.id);
  const said = `takedown planned for ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (own !== undefined) return { kind: 'done', remoteId: own.id, said: `${said} · plan ${own.id}` };
  if ((await state.statusOf(plan.target, signal))?.takendown === true) {
    return { kind: 'already', ...(await state.lastTakedown(plan.target, signal) ?? { by: null, what: 'taken down', at: null }) };
  }
  const { $type: _type, ...body } = await withStrikes(state, input.team, order, plan, input.io.now(), signal);
  const why = await planTakedown(client, labeler, { did, at: Math.max(at, input.io.now() + 60_000), createdBy, body, mark: { orderId: order.id, desk } }, signal);
  if (why !== null) return { kind: 'refused', why: `Ozone does not plan the takedown: ${why}` };
  const made = (await plannedFor(client, labeler, did, signal)).find(({ orderId }) => orderId === order.id);
  return { kind: 'done', remoteId: made?.id ?? null, said: made === undefined ? said : `${said} · plan ${made.id}` };
}

/** The handle for a mail that names it; the DID where the handle is not known. */
async function handleOf({ client, labeler }: DeliverInput, target: SubjectRef, order: Order, signal: AbortSignal): Promise<string> {
  if (order.message?.includes('{{') !== true) return '';
  const view = (await viewsOf(client, labeler, [target], signal)).get(target.remoteId);
  return view?.repo?.handle ?? view?.profile?.handle ?? target.remoteId;
}

/** Closes the reported subject where the deed itself leaves it open, so that no colleague takes it up again. */
async function finish(input: DeliverInput, order: Order, plan: Plan, status: Status | undefined, result: DeliveryResult, signal: AbortSignal): Promise<DeliveryResult> {
  if (result.kind !== 'done') return result;
  // An appeal escalates: once it is answered, nothing keeps the subject there.
  const isOpen = status?.reviewState.endsWith('#reviewOpen') === true || (status?.appealed === true && plan.answersAppeal);
  if (plan.leavesOpen && isOpen) await emitBeside(input, order, order.subject, { $type: ACKNOWLEDGE }, 'close', signal);
  const closes = plan.event.$type === ACKNOWLEDGE || (plan.leavesOpen && isOpen);
  if (order.subject.type === 'message' && closes) await closeRows(input, order, signal);
  return result;
}

