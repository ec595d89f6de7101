import { z } from 'zod';
import type { DeliveryResult, Order, SubjectRef } from '../connector.ts';
import type { DeliverInput } from './deliver.ts';
import { modToolOf } from './mark.ts';
import { wireOf } from './names.ts';
import type { Plan, PlannedEvent } from './orders.ts';
import { event } from './schemas.ts';
import type { ModEvent } from './schemas.ts';
import { durationWords, kindOf } from './resolutions.ts';
import { wordsOf } from './words.ts';
import { XrpcRefused } from './xrpc.ts';

const EMIT = 'tools.ozone.moderation.emitEvent';
const closed = z.object({ closedCount: z.number().catch(0) });

/** Emits a plan's event about what `wire` names; a refusal is told apart from what is so already. */
export async function emit(input: DeliverInput, order: Order, plan: Plan, wire: Readonly<Record<string, string>>, blobs: readonly string[], signal: AbortSignal): Promise<DeliveryResult> {
  try {
    return ours(await input.client.post(input.labeler, EMIT, {
      event: plan.event,
      subject: wire,
      ...(blobs.length === 0 ? {} : { subjectBlobCids: blobs }),
      createdBy: input.createdBy,
      externalId: order.id,
      modTool: modToolOf({ orderId: order.id, desk: input.desk }),
      ...withReports(plan.target, plan.withReports),
    }, event, signal));
  } catch (error) {
    if (!(error instanceof XrpcRefused)) throw error;
    return refused(input, order, plan, error, signal);
  }
}

/**
 * An event that goes with an order. Done before, or not allowed, it does not stand in the order's way. One that closes
 * takes the single reports along.
 */
export async function emitBeside(input: DeliverInput, order: Order, subject: SubjectRef, body: PlannedEvent, part: string, signal: AbortSignal): Promise<void> {
  const wire = wireOf(subject);
  if (wire === null) return;
  try {
    await input.client.post(input.labeler, EMIT, {
      event: body, subject: wire, createdBy: input.createdBy, externalId: `${order.id}:${part}`,
      modTool: modToolOf({ orderId: order.id, desk: input.desk }), ...withReports(subject, part === 'close'),
    }, event, signal);
  } catch (error) {
    if (!(error instanceof XrpcRefused)) throw error;
    if (error.code !== 'DuplicateExternalId') input.io.log('ozone-part-refused', { order: order.id, part, code: error.code });
  }
}

/**
 * Closes the single reports of a chat message or conversation by its own address: an event's `reportAction` there would
 * close those of its author's account instead (packages/ozone/src/mod-service/report.ts; measured on 0.4.2).
 */
export async function closeRows(input: DeliverInput, order: Order, signal: AbortSignal): Promise<void> {
  try {
    await input.client.post(input.labeler, 'tools.ozone.report.closeReports', { subject: order.subject.remoteId }, closed, signal);
  } catch (error) {
    if (!(error instanceof XrpcRefused)) throw error;
    input.io.log('ozone-part-refused', { order: order.id, part: 'rows', code: error.code });
  }
}

function withReports(subject: SubjectRef, wanted: boolean): Readonly<Record<string, unknown>> {
  return wanted && subject.type !== 'message' ? { reportAction: { all: true } } : {};
}

/** An event of this order, as what came of it. Ozone logs an e-mail that could not be sent, too. */
export function ours(made: ModEvent): DeliveryResult {
  if (kindOf(made) !== 'modEventEmail') return { kind: 'done', remoteId: made.id, said: `${wordsOf(made.event.$type)}${detailOf(made)} · event ${made.id}` };
  return made.event['isDelivered'] === false
    ? { kind: 'refused', why: 'Ozone could not send the e-mail: the member\'s server takes none from it. Nothing reached the member.' }
    : { kind: 'done', remoteId: made.id, said: `e-mail · event ${made.id}` };
}

/** How long, under which policy and with how many strikes. */
function detailOf({ event: { durationInHours, policies, strikeCount } }: ModEvent): string {
  const parts = [
    typeof durationInHours === 'number' ? `for ${durationWords(durationInHours)}` : '',
    Array.isArray(policies) && policies.length > 0 ? `under ${policies.filter((one) => typeof one === 'string').join(', ')}` : '',
    typeof strikeCount === 'number' && strikeCount !== 0 ? `with ${strikeCount} ${Math.abs(strikeCount) === 1 ? 'strike' : 'strikes'}` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` ${parts.join(', ')}`;
}

/** What a refusal means: ours already, the wished-for state already, or a real no. */
async function refused(input: DeliverInput, order: Order, plan: Plan, error: XrpcRefused, signal: AbortSignal): Promise<DeliveryResult> {
  const isSo = /already taken down|is not taken down/i.test(error.said);
  if (error.code === 'DuplicateExternalId' || isSo) {
    // A takedown is refused as "already" before the external id is looked at: it may be our own first try.
    const made = await input.state.eventOfOrder(plan.target, order.id, plan.event.$type, signal);
    if (made !== null) return ours(made);
    if (!isSo) return { kind: 'done', remoteId: null, said: wordsOf(plan.event.$type) };
    const last = await input.state.lastTakedown(plan.target, signal);
    return { kind: 'already', ...(last ?? { by: null, what: /already/i.test(error.said) ? 'taken down' : 'not taken down', at: null }) };
  }
  if (error.code === 'AuthenticationRequired' || error.code === 'Forbidden') {
    return { kind: 'refused', why: `Ozone does not allow this to your role: ${error.said}. An Ozone admin can change it in Configure, Members.` };
  }
  return { kind: 'refused', why: error.message };
}
