import { z } from 'zod';
import type { ConnectorIo, DeliveryResult, Order } from '../connector.ts';
import { ConnectorError } from '../connector.ts';
import { statusError } from '../http/errors.ts';
import { parseJson } from '../http/read-json.ts';
import { signMessage } from './sign.ts';

/** Where decisions go: an endpoint of the community's own, and the secret that proves they come from here. */
export type Endpoint = { readonly url: string; readonly secret: () => Promise<string | null> };

/** What an endpoint may answer; all of it is its choice. A field of another type is left out. */
const answer = z.object({
  result: z.string().nullable().catch(null), id: z.union([z.string(), z.number().transform(String)]).nullable().catch(null), by: z.string().nullable().catch(null),
  what: z.string().nullable().catch(null), at: z.number().nullable().catch(null), said: z.string().nullable().catch(null),
});
type Answer = z.infer<typeof answer>;

const NOTHING_SAID: Answer = { result: null, id: null, by: null, what: null, at: null, said: null };
/** Of what an endpoint says in words. */
const LONGEST = 300;

/** An order as the endpoint gets it, documented in the README. Who reported is not in it: an endpoint has no need to know. */
export function orderBody(order: Order): string {
  const { subject } = order;
  return JSON.stringify({
    type: 'decision', id: order.id, verb: order.verb, reverse: order.reverse,
    reverses: order.reverses === null ? null : { order: order.reverses.orderId, id: order.reverses.remoteId },
    subject: { type: subject.type, id: subject.remoteId, author: subject.authorId, url: subject.extra['url'] ?? null, report: subject.extra['report'] ?? null },
    durationMs: order.durationMs, labels: order.labels, guideline: order.guideline, reason: order.reason, message: order.message,
    decidedAt: order.decidedAt, force: order.force,
  });
}

/**
 * Sends one order, signed as Standard Webhooks says; its id is the message's, so that a repeat is known there. The
 * answers are read as the README documents them.
 */
export async function deliverOrder(io: ConnectorIo, endpoint: Endpoint, order: Order, signal: AbortSignal): Promise<DeliveryResult> {
  const { host } = new URL(endpoint.url);
  const secret = await endpoint.secret();
  if (secret === null || secret.trim() === '') return { kind: 'refused', why: 'This connection has no signing secret for its delivery endpoint. Give it one in the connection’s settings, then send again.' };
  const body = orderBody(order);
  const response = await io.fetch(endpoint.url, { method: 'POST', redirect: 'manual', signal, body, headers: { 'content-type': 'application/json', accept: 'application/json', ...signMessage(secret, order.id, io.now(), body) } });
  const { status } = response;
  if (status >= 500) {
    await response.body?.cancel();
    throw statusError(response, host, io.now());
  }
  if (status < 400 && !response.ok) {
    await response.body?.cancel();
    return { kind: 'refused', why: `${host} sends on to another address (${status}). A decision is never sent on: put the right address into the connection’s settings, then send again.` };
  }
  const text = await response.text();
  // Request Timeout and Too Early (RFC 9110, 15.5.9; RFC 8470, 5.2): nothing happened there.
  if (status === 408 || status === 425) return { kind: 'retry', why: `${host} did not take this in time (${status}).`, afterMs: null };
  if (response.ok) return resultOf(said(text, response, host, io.now()), host);
  const words = politely(() => said(text, response, host, io.now()));
  if (status === 409) return theirs('conflict', words);
  if (status === 401 || status === 403) return { kind: 'refused', why: `${host} does not accept the signature (${status}). Check that both sides have the same signing secret and the right time, then send again.` };
  return { kind: 'refused', why: words.said ?? words.what ?? `${host} refused this (${status}).` };
}

function said(text: string, response: Response, host: string, now: number): Answer {
  const type = response.headers.get('content-type') ?? '';
  // Nothing, or a word such as "ok", is an answer too; a web page or half a JSON is none.
  const isWord = !/^\s*[[{]/.test(text) && !type.includes('html') && !/^\s*</.test(text);
  if (text.trim() === '' || isWord) return NOTHING_SAID;
  return short(answer.safeParse(parseJson(text, type, { host, what: 'the decision', now })).data ?? NOTHING_SAID);
}

/** Of a refusal its words matter, where it has any. */
function politely(read: () => Answer): Answer {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConnectorError) return NOTHING_SAID;
    throw error;
  }
}

function cut(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text.trim().slice(0, LONGEST).toWellFormed();
}

function short(given: Answer): Answer {
  return { ...given, id: cut(given.id), by: cut(given.by), what: cut(given.what), said: cut(given.said) };
}

function resultOf(given: Answer, host: string): DeliveryResult {
  switch (given.result) {
    case 'already': case 'conflict': return theirs(given.result, given);
    case 'refused': return { kind: 'refused', why: given.said ?? given.what ?? `${host} refused this.` };
    case null: case 'done': return { kind: 'done', remoteId: given.id, said: given.said ?? given.what };
    // A word that we do not know is shown as it is.
    default: return { kind: 'done', remoteId: given.id, said: given.said ?? given.what ?? given.result.slice(0, LONGEST) };
  }
}

function theirs(kind: 'already' | 'conflict', { by, what, at }: Answer): DeliveryResult {
  return { kind, by, what: what ?? (kind === 'already' ? 'it is so already' : 'decided otherwise'), at: at === null ? null : Math.round(at) };
}
