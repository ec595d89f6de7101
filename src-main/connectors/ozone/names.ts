import type { SubjectRef } from '../connector.ts';
import type { WireSubject } from './schemas.ts';

/** Ozone's own synthetic addresses for what is no record (packages/ozone/src/mod-service/subject.ts). */
const CONVERSATION = 'chat.bsky.convo';
const MESSAGE = 'chat.bsky.convo.message';

/** Docket's name of what an event is about; null where Ozone names neither a record nor an account. */
export function nameOf(wire: WireSubject): SubjectRef | null {
  if (wire.uri !== undefined) {
    return { type: 'post', remoteId: wire.uri, authorId: partsOf(wire.uri)?.did ?? null, extra: wire.cid === undefined ? {} : { cid: wire.cid } };
  }
  if (wire.did === undefined) return null;
  if (wire.messageId !== undefined) {
    return {
      type: 'message', remoteId: `at://${wire.did}/${MESSAGE}/${wire.messageId}`, authorId: wire.did,
      extra: { messageId: wire.messageId, convoId: wire.convoId ?? '' },
    };
  }
  if (wire.convoId !== undefined) {
    return { type: 'message', remoteId: `at://${wire.did}/${CONVERSATION}/${wire.convoId}`, authorId: wire.did, extra: { convoId: wire.convoId } };
  }
  return account(wire.did);
}

/** The name of a subject that Ozone writes as one text: a DID or an at-uri. */
export function nameOfText(subject: string): SubjectRef | null {
  const parts = partsOf(subject);
  if (parts === null) return subject.startsWith('did:') ? account(subject) : null;
  if (parts.collection === MESSAGE) return nameOf({ $type: undefined, uri: undefined, cid: undefined, did: parts.did, messageId: parts.rkey, convoId: undefined });
  if (parts.collection === CONVERSATION) return nameOf({ $type: undefined, uri: undefined, cid: undefined, did: parts.did, convoId: parts.rkey, messageId: undefined });
  return { type: 'post', remoteId: subject, authorId: parts.did, extra: {} };
}

/** An account as a subject. */
export function account(did: string): SubjectRef {
  return { type: 'member', remoteId: did, authorId: did, extra: {} };
}

/** What emitEvent takes as `subject`; null where a record's cid is not known. */
export function wireOf(subject: SubjectRef): Readonly<Record<string, string>> | null {
  if (subject.type === 'member') return { $type: 'com.atproto.admin.defs#repoRef', did: subject.remoteId };
  const { cid, messageId, convoId } = subject.extra;
  if (subject.type === 'message') {
    const did = subject.authorId ?? '';
    if (messageId !== undefined) return { $type: 'chat.bsky.convo.defs#messageRef', did, messageId, convoId: convoId ?? '' };
    return convoId === undefined ? null : { $type: 'chat.bsky.convo.defs#convoRef', did, convoId };
  }
  return cid === undefined ? null : { $type: 'com.atproto.repo.strongRef', uri: subject.remoteId, cid };
}

/**
 * Under which name a subject's state and events are found: a chat message has those of its author's side of the
 * conversation (packages/ozone/src/mod-service/status.ts, getStatusIdentifierFromSubject; measured on 0.4.2), or its
 * author's where the conversation is not told.
 */
export function statusNameOf(subject: SubjectRef): string {
  const { messageId, convoId } = subject.extra;
  if (messageId === undefined || subject.authorId === null) return subject.remoteId;
  return convoId === undefined || convoId === '' ? subject.authorId : `at://${subject.authorId}/${CONVERSATION}/${convoId}`;
}

/** The parts of an at-uri with a DID; null for anything else. */
export function partsOf(uri: string): { readonly did: string; readonly collection: string; readonly rkey: string } | null {
  const match = /^at:\/\/(did:[a-z0-9]+:[^/]+)\/([^/]+)\/([^/?#]+)$/.exec(uri);
  const [, did, collection, rkey] = match ?? [];
  return did === undefined || collection === undefined || rkey === undefined ? null : { did, collection, rkey };
}
