import type { ConnectorIo, DeliveryResult, Order, SubjectRef } from '../connector.ts';
import type { Client } from './client.ts';
import { modToolOf } from './mark.ts';
import { wireOf } from './names.ts';
import { planOf } from './orders.ts';
import type { Plan } from './orders.ts';
import { reviewedAtOf } from './revision.ts';
import { event } from './schemas.ts';
import type { Status } from './schemas.ts';
import type { State } from './state.ts';
import { wordsOf } from './words.ts';
import { XrpcRefused } from './xrpc.ts';

export type DeliverInput = {
  readonly io: ConnectorIo;
  readonly client: Client;
  readonly labeler: string;
  readonly desk: string;
  /** The moderator's DID; Ozone takes the session's in any case. */
  readonly createdBy: string;
  readonly state: State;
  readonly policies: ReadonlyMap<string, string>;
};

const ACKNOWLEDGE = 'tools.ozone.moderation.defs#modEventAcknowledge';
const RESOLVE_APPEAL = 'tools.ozone.moderation.defs#modEventResolveAppeal';
const EMAIL = 'tools.ozone.moderation.defs#modEventEmail';

/** Sends one order. Every event carries an external id made from the order's, so that a repeat changes nothing. */
export async function deliver(input: DeliverInput, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const { state } = input;
  const plan = planOf(order, input.policies);
  if (typeof plan === 'string') return { kind: 'refused', why: plan };
  const status = await state.statusOf(order.subject, signal);
  if (!order.force) {
    const met = await metSomeone(input, order, plan, status, signal);
    if (met !== null) return met;
  }
  if (plan.event.$type === EMAIL) {
    // Ozone sends the mail before it looks for the external id: a repeat would be a second mail.
    const sent = await state.eventOfOrder(plan.target, order.id, EMAIL, signal);
    if (sent !== null) return finish(input, order, plan, status, mailed(sent.event['isDelivered'], sent.id), signal);
  }
  if (status?.appealed === true && !order.reverse && ['dismiss', 'restore'].includes(order.verb)) {
    await emitBeside(input, order, order.subject, { $type: RESOLVE_APPEAL }, 'appeal', signal);
  }
  const result = await emit(input, order, plan, status, signal);
  return finish(input, order, plan, status, result, signal);
}

/** Someone else's decision since the person looked: what they wished for, or a conflict. Null where there is none. */
async function metSomeone(input: DeliverInput, order: Order, plan: Plan, status: Status | undefined, signal: AbortSignal): Promise<DeliveryResult | null> {
  const seen = reviewedAtOf(order.expected) ?? order.decidedAt;
  if ((status?.lastReviewedAt ?? 0) <= seen) return null;
  const theirs = await input.state.decidedSince(order.subject, seen, signal);
  if (theirs === null) return null;
  const target = plan.target.remoteId === order.subject.remoteId ? status : await input.state.statusOf(plan.target, signal);
  return { kind: plan.isSo(target) ? 'already' : 'conflict', ...theirs };
}

async function emit(input: DeliverInput, order: Order, plan: Plan, status: Status | undefined, signal: AbortSignal): Promise<DeliveryResult> {
  const cid = status?.subject?.cid;
  const wire = wireOf(plan.target) ?? (cid === undefined ? null : wireOf({ ...plan.target, extra: { cid } }));
  if (wire === null) return { kind: 'refused', why: 'Ozone has not said which version of the post this is. It may be gone; wait for the next sync and try again.' };
  try {
    const made = await input.client.post(input.labeler, 'tools.ozone.moderation.emitEvent', {
      event: plan.event,
      subject: wire,
      createdBy: input.createdBy,
      externalId: order.id,
      modTool: modToolOf({ orderId: order.id, desk: input.desk }),
      ...(plan.withReports ? { reportAction: { all: true } } : {}),
    }, event, signal);
    return plan.event.$type === EMAIL ? mailed(made.event['isDelivered'], made.id) : { kind: 'done', remoteId: made.id, said: `${wordsOf(made.event.$type)} · event ${made.id}` };
  } catch (error) {
    if (!(error instanceof XrpcRefused)) throw error;
    return refused(input, order, plan, error, signal);
  }
}

/** What a refusal means: ours already, the wished-for state already, or a real no. */
async function refused(input: DeliverInput, order: Order, plan: Plan, error: XrpcRefused, signal: AbortSignal): Promise<DeliveryResult> {
  const isSo = /already taken down|is not taken down/i.test(error.said);
  if (error.code === 'DuplicateExternalId' || isSo) {
    // A takedown is refused as "already" before the external id is looked at: it may be our own first try.
    const ours = await input.state.eventOfOrder(plan.target, order.id, plan.event.$type, signal);
    if (ours !== null) return { kind: 'done', remoteId: ours.id, said: `${wordsOf(ours.event.$type)} · event ${ours.id}` };
    if (!isSo) return { kind: 'done', remoteId: null, said: wordsOf(plan.event.$type) };
    const last = await input.state.lastTakedown(plan.target, signal);
    return { kind: 'already', ...(last ?? { by: null, what: /already/i.test(error.said) ? 'taken down' : 'not taken down', at: null }) };
  }
  if (error.code === 'AuthenticationRequired' || error.code === 'Forbidden') {
    return { kind: 'refused', why: `Ozone does not allow this to your role: ${error.said}. An Ozone admin can change it in Configure, Members.` };
  }
  return { kind: 'refused', why: error.message };
}

/** What Ozone says of an e-mail: it logs one that could not be sent, too. */
function mailed(isDelivered: unknown, eventId: string): DeliveryResult {
  return isDelivered === false
    ? { kind: 'refused', why: 'Ozone could not send the e-mail: the member\'s server takes none from it. Nothing reached the member.' }
    : { kind: 'done', remoteId: eventId, said: `e-mail · event ${eventId}` };
}

/** Closes the reported subject where the deed itself leaves it open, so that no colleague takes it up again. */
async function finish(input: DeliverInput, order: Order, plan: Plan, status: Status | undefined, result: DeliveryResult, signal: AbortSignal): Promise<DeliveryResult> {
  if (result.kind === 'done' && plan.leavesOpen && status?.reviewState.endsWith('#reviewOpen') === true) {
    await emitBeside(input, order, order.subject, { $type: ACKNOWLEDGE }, 'close', signal);
  }
  return result;
}

/** An event that goes with an order. Done before, or not allowed, it does not stand in the order's way. */
async function emitBeside(input: DeliverInput, order: Order, subject: SubjectRef, body: { readonly $type: string }, part: string, signal: AbortSignal): Promise<void> {
  const wire = wireOf(subject);
  if (wire === null) return;
  try {
    await input.client.post(input.labeler, 'tools.ozone.moderation.emitEvent', {
      event: body, subject: wire, createdBy: input.createdBy, externalId: `${order.id}:${part}`,
      modTool: modToolOf({ orderId: order.id, desk: input.desk }),
      ...(body.$type === ACKNOWLEDGE ? { reportAction: { all: true } } : {}),
    }, event, signal);
  } catch (error) {
    if (!(error instanceof XrpcRefused)) throw error;
    if (error.code !== 'DuplicateExternalId') input.io.log('ozone-part-refused', { order: order.id, part, code: error.code });
  }
}
