import type { RemoteSubject, SubjectRef } from '../connector.ts';
import { mediaOf } from './media.ts';
import { aboutOf, profileUrl } from './members.ts';
import { partsOf } from './names.ts';
import { revisionOf } from './revision.ts';
import { htmlOf, textOf } from './rich-text.ts';
import type { Open, Post, Status, WireSubjectView } from './schemas.ts';
import { isByMachine } from './machine-tags.ts';
import { collectionWords } from './words.ts';

/** A subject with what Ozone could still show of it; `seenUntil` is how far the event feed has been read. */
export function subjectOf(
  name: SubjectRef, view: Partial<Pick<WireSubjectView, 'status' | 'record' | 'profile' | 'repo'>>, images: string, seenUntil: number, queue: string | null,
): RemoteSubject {
  const { status, record } = view;
  const value = record?.value ?? {};
  const base = bare(name);
  if (name.type === 'member') {
    const about = aboutOf(view);
    return {
      ...base,
      text: [about.name, about.description].filter((part) => part !== '').join('\n\n'),
      createdAt: view.profile?.createdAt ?? null,
      deletedAt: deletedAt(status),
      removed: status?.takendown ?? false,
      place: placeOf(null, queue, status),
      revision: revisionOf(status, seenUntil, view.repo?.moderation?.subjectStatus),
    };
  }
  const cid = record?.cid ?? name.extra['cid'];
  const collection = partsOf(name.remoteId)?.collection ?? '';
  return {
    ...base,
    ...contentOf(value, name.authorId ?? '', images),
    extra: cid === undefined ? name.extra : { ...name.extra, cid },
    editedAt: status?.hosting?.updatedAt ?? null,
    // Ozone asks the AppView and the author's own server: what neither has is gone, whether or not it was told.
    deletedAt: deletedAt(status) ?? (name.type === 'post' && record === undefined && (status !== undefined || view.repo !== undefined) ? status?.updatedAt ?? seenUntil : null),
    removed: status?.takendown ?? false,
    language: languageOf(value, status),
    place: placeOf(name.type === 'message' ? 'Chat' : collectionWords(collection), queue, status),
    revision: revisionOf(status, seenUntil, view.repo?.moderation?.subjectStatus),
  };
}

/** A post of a thread or feed; Ozone's state of it is not known here. */
export function subjectOfPost(post: Post, images: string): RemoteSubject {
  const name: SubjectRef = { type: 'post', remoteId: post.uri, authorId: post.author.did, extra: post.cid === undefined ? {} : { cid: post.cid } };
  return { ...bare(name), ...contentOf(post.record, post.author.did, images), language: languageOf(post.record, undefined) };
}

function bare(name: SubjectRef): RemoteSubject {
  const parts = partsOf(name.remoteId);
  const url = name.type === 'member' ? profileUrl(name.remoteId)
    : parts !== null && parts.collection === 'app.bsky.feed.post' ? `${profileUrl(parts.did)}/post/${parts.rkey}` : null;
  return {
    ...name, text: '', html: null, createdAt: null, editedAt: null, deletedAt: null, removed: false, url,
    language: null, place: null, media: [], revision: null,
  };
}

function contentOf(value: Open, did: string, images: string): Pick<RemoteSubject, 'text' | 'html' | 'createdAt' | 'media'> {
  const written = typeof value['createdAt'] === 'string' ? Date.parse(value['createdAt']) : Number.NaN;
  return { text: textOf(value), html: htmlOf(value), createdAt: Number.isNaN(written) ? null : written, media: mediaOf(value, did, images) };
}

function deletedAt(status: Status | undefined): number | null {
  const { hosting } = status ?? {};
  if (hosting?.deletedAt !== undefined) return hosting.deletedAt;
  return hosting?.status === 'deleted' ? hosting.updatedAt ?? status?.updatedAt ?? null : null;
}

/** The language the app wrote into the record, else the one Ozone's tagger guessed. */
function languageOf(value: Open, status: Status | undefined): string | null {
  const { langs } = value;
  if (Array.isArray(langs) && typeof langs[0] === 'string') return langs[0];
  const tag = status?.tags.find((one) => /^lang:(?!und)/.test(one));
  return tag === undefined ? null : tag.slice('lang:'.length);
}

/** What kind of record, which queue, and the tags people set; the tagger's own say nothing new here. */
function placeOf(kind: string | null, queue: string | null, status: Status | undefined): string | null {
  const tags = (status?.tags ?? []).filter((tag) => !isByMachine(tag)).map((tag) => `#${tag}`);
  const parts = [kind, queue, ...tags].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}
