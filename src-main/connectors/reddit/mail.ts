import type { DeliveryResult, Order } from '../connector.ts';
import { refuse } from './orders.ts';
import type { DeliverInput, Target } from './orders.ts';
import { conversation, conversations } from './schemas.ts';

/** Recent conversations that are looked through for a message that may have been sent before. */
const RECENT = 50;
const MOST_SUBJECT = 100;
/** POST removal_link_message refuses longer titles (praw, cassette test_send_removal_message__error). */
const MOST_TITLE = 50;

/** A conversation in modmail, in the subreddit's name. It reads like one from the team, since it is. */
export async function sendMail(input: DeliverInput, order: Order, { subreddit, author, name }: Target, signal: AbortSignal): Promise<DeliveryResult> {
  const message = order.message?.trim() ?? '';
  if (author === null) return refuse('Reddit no longer says who wrote this: there is nobody to write to.');
  if (message === '') return refuse('Write the message first.');
  if (await wasSent(input, order, subreddit, message, signal)) return { kind: 'done', remoteId: null, said: 'message was sent before' };
  const path = order.subject.extra['path'];
  const about = [order.guideline === null ? null : `Guideline: ${order.guideline}`, path === undefined ? null : `About: ${input.client.settings.site}${path}`].filter((part) => part !== null);
  const what = name.startsWith('t1_') ? 'comment' : 'post';
  const subject = `${order.verb === 'warn' ? 'Warning about' : 'About'} your ${what} in r/${subreddit}`.slice(0, MOST_SUBJECT);
  const { conversation: made } = await input.client.send('/api/mod/conversations', { srName: subreddit, to: author, subject, body: [message, ...about].join('\n\n'), isAuthorHidden: true }, conversation, 'the message', signal);
  input.sent.add(order.id);
  const said = `${order.verb === 'warn' ? 'warning' : 'message'} sent to u/${author} · modmail ${made.id}`;
  // Who moderates there cannot be written to as a member (modmail.rst, "Create").
  return { kind: 'done', remoteId: made.id, said: made.isInternal === true ? `${said}, as a discussion among the moderators, since u/${author} is one` : said };
}

/** The message that goes with a removal, from the subreddit by modmail; null where there is none. */
export async function sendRemovalMessage(input: DeliverInput, order: Order, target: Target, reason: string | null, signal: AbortSignal): Promise<string | null> {
  const message = order.message?.trim() ?? '';
  if (message === '') return null;
  if (await wasSent(input, order, target.subreddit, message, signal)) return 'message was sent before';
  const title = (reason ?? order.guideline ?? 'The rules of this community').slice(0, MOST_TITLE);
  const kind = target.name.startsWith('t1_') ? 'comment' : 'link';
  const json = JSON.stringify({ item_id: [target.name], message, title, type: 'private' });
  await input.client.change(`/api/v1/modactions/removal_${kind}_message`, { json }, 'the removal message', signal);
  input.sent.add(order.id);
  return 'message sent';
}

/** Whether an order's message went out: in this session, or, where its answer was lost, by its words among the latest of the subreddit. */
async function wasSent({ client, sent }: DeliverInput, order: Order, subreddit: string, message: string, signal: AbortSignal): Promise<boolean> {
  if (sent.has(order.id)) return true;
  const recent = await client.glance('/api/mod/conversations', { entity: subreddit, sort: 'mod', state: 'all', limit: RECENT }, conversations, 'the latest modmail', signal);
  return recent?.messages.some((body) => body.includes(message) && body.includes(order.subject.extra['path'] ?? '')) === true;
}
