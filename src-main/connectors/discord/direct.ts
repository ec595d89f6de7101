import type { DeliveryResult, Order } from '../connector.ts';
import { no, yes } from './deeds.ts';
import { DiscordRefused } from './client.ts';
import type { Client } from './client.ts';
import { CODE } from './codes.ts';
import { shortId } from './mark.ts';
import { channel as channelShape, message as messageShape, messages } from './schemas.ts';
import { timeOf } from './snowflake.ts';

/** "Message contents (up to 2000 characters)" (resources/message, "Create Message"). */
const MOST = 2000;
const LATELY_MS = 60_000;
/** Discord does not say how long it wants no more direct messages to be opened. */
const AGAIN_MS = 60_000;

/** A warning or word to a member, as a direct message from the bot. */
export async function tellMember(client: Client, me: string, server: string, order: Order, userId: string, signal: AbortSignal): Promise<DeliveryResult> {
  const content = wordsOf(order, server);
  if (content === null) return no('There is nothing to tell the member. Write a message, or name a guideline. Nothing was sent.');
  const since = client.toServer(order.decidedAt) - LATELY_MS;
  try {
    // "If one already exists, it will be returned instead" (resources/user, "Create DM").
    const { id: channel } = await client.change({ method: 'POST', path: '/users/@me/channels', body: { recipient_id: userId } }, channelShape, 'the way to the member', signal);
    const before = await client.get(`/channels/${channel}/messages?limit=20`, messages, 'earlier messages', signal);
    const sent = before.find((one) => one.author?.id === me && one.content === content && timeOf(one.id) >= since);
    if (sent !== undefined) return yes(sent.id, 'message sent');
    // Within minutes Discord itself answers a repeat with the first (`enforce_nonce`).
    const body = { content, nonce: shortId(order.id), enforce_nonce: true, allowed_mentions: { parse: [] } };
    const { id } = await client.change({ method: 'POST', path: `/channels/${channel}/messages`, body }, messageShape, 'the message', signal);
    return yes(id, 'message sent');
  } catch (error) {
    if (!(error instanceof DiscordRefused)) throw error;
    if (error.code === CODE.cannotMessage || error.code === CODE.noMutualServer) return no('The member takes no direct messages from this server\'s apps, or has left it. Nothing was sent; write to them where they can read it.');
    if (error.code === CODE.tooManyDirect) return { kind: 'retry', why: error.message, afterMs: AGAIN_MS };
    throw error;
  }
}

/** What the member is told; null where there is nothing to tell. The reason stays with the team. */
function wordsOf({ verb, message, guideline }: Order, server: string): string | null {
  const opening = verb === 'warn' ? `A warning from the moderators of ${server}` : `From the moderators of ${server}`;
  const words = (message ?? '').trim() || (guideline ?? '');
  if (words === '') return null;
  const text = `${opening}:\n${words}`;
  return text.toWellFormed().slice(0, MOST).toWellFormed().trim();
}
