import type { DeliveryResult, RemoteSubject, SubjectRef } from '../connector.ts';
import { imagesIn, plainText } from '../http/html.ts';
import { isRefused } from '../http/refused.ts';
import type { Client } from './client.ts';
import { anything, chatMessages } from './schemas.ts';
import type { ChatMessage } from './schemas.ts';

/** As many as the chat itself shows at once (plugins/chat, Chat::MessagesQuery::MAX_PAGE_SIZE is 50). */
const AROUND = 20;

/** The messages around one, by their numbers; empty where the forum has no chat, or the account no look into the channel. */
export async function messagesAround(client: Client, channelId: string, messageId: string, signal: AbortSignal): Promise<readonly ChatMessage[]> {
  const answer = await client.glance(`/chat/api/channels/${encodeURIComponent(channelId)}/messages`, { target_message_id: messageId, page_size: AROUND }, chatMessages, 'the chat', signal);
  return (answer?.messages ?? []).toSorted((a, b) => Number(a.id) - Number(b.id));
}

/** The number of a reported message; a plugin's item about one goes by its own name. */
export function messageIn({ remoteId, extra }: Pick<SubjectRef, 'remoteId' | 'extra'>): string {
  return extra['message'] ?? remoteId;
}

export function subjectOfMessage(message: ChatMessage, channelId: string, url: string): RemoteSubject {
  const { id, cooked, user } = message;
  return {
    type: 'message', remoteId: id, authorId: user?.id ?? null, extra: { channel: channelId }, text: cooked ? plainText(cooked) : message.message ?? '', html: cooked ?? null, createdAt: message.created_at ?? null,
    // The chat tells that a message was edited, not when.
    editedAt: null, deletedAt: null, removed: (message.deleted_at ?? null) !== null, url: `${url}/chat/c/-/${channelId}/${id}`, language: null, place: 'Chat', media: imagesIn(cooked ?? null, url), revision: null,
  };
}

/** Deletes a chat message, or brings it back (plugins/chat, Chat::Api::ChannelMessagesController). */
export async function setMessage(client: Client, channelId: string, messageId: string, gone: boolean, signal: AbortSignal): Promise<DeliveryResult> {
  const path = `/chat/api/channels/${encodeURIComponent(channelId)}/messages/${encodeURIComponent(messageId)}`;
  try {
    if (gone) await client.send('DELETE', path, {}, anything, 'the deletion', signal);
    else await client.send('PUT', `${path}/restore`, {}, anything, 'the recovery', signal);
    return { kind: 'done', remoteId: messageId, said: `message ${messageId} ${gone ? 'deleted' : 'restored'}` };
  } catch (error) {
    // A deleted message is not found to be deleted again.
    if (gone && isRefused(error, 404)) return { kind: 'already', by: null, what: 'deleted', at: null };
    if (isRefused(error, 403, 404)) return { kind: 'refused', why: error.message };
    throw error;
  }
}
