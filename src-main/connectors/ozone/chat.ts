import { z } from 'zod';
import type { RemoteSubject, SubjectRef } from '../connector.ts';
import type { Client } from './client.ts';
import { nameOf } from './names.ts';
import { subjectOf } from './subjects.ts';
import { XrpcRefused } from './xrpc.ts';

const SIDES = 5;

/** chat.bsky.moderation.getMessageContext, which Ozone forwards for reported messages. */
const messages = z.object({
  messages: z.array(z.object({ id: z.string(), text: z.string().catch(''), sender: z.object({ did: z.string() }), sentAt: z.string() }).nullable().catch(null)),
});

/** A reported chat message with those around it, oldest first; empty where this Ozone reads no chats. */
export async function chatAround(client: Client, labeler: string, subject: SubjectRef, signal: AbortSignal): Promise<readonly RemoteSubject[]> {
  const { messageId, convoId } = subject.extra;
  if (messageId === undefined) return [];
  try {
    const params = { messageId, before: SIDES, after: SIDES, ...(convoId === undefined || convoId === '' ? {} : { convoId }) };
    const answer = await client.get(labeler, 'chat.bsky.moderation.getMessageContext', params, messages, signal);
    return answer.messages.filter((one) => one !== null).flatMap((one) => {
      const name = nameOf({ $type: undefined, uri: undefined, cid: undefined, did: one.sender.did, messageId: one.id, convoId });
      const sentAt = Date.parse(one.sentAt);
      return name === null ? [] : [{ ...subjectOf(name, {}, '', 0, null), text: one.text, createdAt: Number.isNaN(sentAt) ? null : sentAt, revision: null }];
    });
  } catch (error) {
    if (error instanceof XrpcRefused) return [];
    throw error;
  }
}
