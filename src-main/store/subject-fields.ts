import { z } from 'zod';
import type { RemoteSubject } from '../connectors/connector.ts';
import { richText } from '../domain/rich-text.ts';

/** What of a subject is compared and kept, as SQLite has it. */
export type SubjectFields = {
  readonly author: number | null; readonly created_at: number | null; readonly edited_at: number | null;
  readonly deleted_at: number | null; readonly removed: number; readonly language: string | null; readonly place: string | null;
  readonly revision: string | null; readonly url: string | null; readonly extra: string; readonly media: string; readonly text: string;
  readonly rich: string | null; readonly verbs: string | null;
};

/**
 * How much a connector tells of a subject: `whole` of what it brings for its own sake; `itself` of what someone looks
 * at, as it is now; `around` of what stands beside that in a thread, where platforms often say less.
 */
export type Telling = 'whole' | 'itself' | 'around';

export function fieldsOf(subject: RemoteSubject, author: number | null): SubjectFields {
  return {
    author, created_at: subject.createdAt, edited_at: subject.editedAt, deleted_at: subject.deletedAt, removed: subject.removed ? 1 : 0,
    language: subject.language, place: subject.place, revision: subject.revision, url: subject.url, extra: extraOf(subject.extra),
    media: subject.media.length === 0 ? '[]' : JSON.stringify(subject.media), text: subject.text,
    rich: subject.html === null ? null : JSON.stringify(richText(subject.html)),
    verbs: subject.verbs === undefined ? null : JSON.stringify(subject.verbs),
  };
}

function extraOf(extra: Readonly<Record<string, string>>): string {
  for (const name in extra) if (name !== '') return JSON.stringify(extra);
  return '{}';
}

const extraShape = z.record(z.string(), z.string());

/** What was told, over what was known: a deleted post often comes without its words and pictures, and a thread without the rest. */
export function over(before: SubjectFields, told: SubjectFields, telling: Telling): SubjectFields {
  const gone = told.deleted_at !== null && told.text === '';
  if (telling === 'whole') {
    return !gone ? told : {
      ...told, text: before.text, rich: before.rich, created_at: told.created_at ?? before.created_at, language: told.language ?? before.language,
      place: told.place ?? before.place, media: told.media === '[]' ? before.media : told.media,
    };
  }
  const around = telling === 'around';
  const text = gone || (around && told.text === '') ? before.text : told.text;
  return {
    text,
    rich: told.rich === null && text === before.text ? before.rich : told.rich,
    // Pictures go by an edit, which says so.
    media: told.media === '[]' && (around || gone || told.edited_at === null || told.edited_at === before.edited_at) ? before.media : told.media,
    author: told.author ?? before.author,
    created_at: told.created_at ?? before.created_at,
    edited_at: told.edited_at ?? before.edited_at,
    language: told.language ?? before.language,
    place: told.place ?? before.place,
    revision: told.revision ?? before.revision,
    url: told.url ?? before.url,
    extra: told.extra === before.extra ? before.extra : JSON.stringify({ ...extraShape.parse(JSON.parse(before.extra)), ...extraShape.parse(JSON.parse(told.extra)) }),
    verbs: told.verbs ?? before.verbs,
    // Only who looks at it knows that it is back.
    deleted_at: around ? told.deleted_at ?? before.deleted_at : told.deleted_at,
    removed: around ? Math.max(told.removed, before.removed) : told.removed,
  };
}
