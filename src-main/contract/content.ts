import { z } from 'zod';
import { SUBJECT_TYPES } from './words.ts';

/**
 * Platform HTML after the allow-list: a tree of known nodes that the desk draws as elements.
 * Link targets are kept in full and never followed by drawing them.
 */
export type RichNode =
  | { readonly t: 'text'; readonly v: string }
  | { readonly t: 'br' }
  | { readonly t: 'link'; readonly href: string; readonly c: readonly RichNode[] }
  | { readonly t: 'p' | 'em' | 'strong' | 'del' | 'code' | 'pre' | 'quote' | 'ul' | 'ol' | 'li' | 'h'; readonly c: readonly RichNode[] };

export const richNode: z.ZodType<RichNode> = z.lazy(() => z.discriminatedUnion('t', [
  z.object({ t: z.literal('text'), v: z.string() }),
  z.object({ t: z.literal('br') }),
  z.object({ t: z.literal('link'), href: z.string(), c: z.array(richNode) }),
  z.object({ t: z.enum(['p', 'em', 'strong', 'del', 'code', 'pre', 'quote', 'ul', 'ol', 'li', 'h']), c: z.array(richNode) }),
]));

/** A date on the wire: whole milliseconds since the Unix epoch. */
export const instant = z.number().int();
/** A client-made id, so that a retry is harmless. */
export const uuid = z.uuid();
/** Row ids of the local database: subjects, members, reports. */
export const rowId = z.number().int().positive();

export const memberRef = z.object({
  id: rowId,
  name: z.string(),
  /** The address as the platform writes it, such as `@rosa@tidepool.example`. */
  handle: z.string(),
});
export type MemberRef = z.infer<typeof memberRef>;

const mediaView = z.object({
  /** The key under which the host serves it; null while it is not cached. */
  hash: z.string().nullable(),
  mime: z.string(),
  alt: z.string(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
});
export type MediaView = z.infer<typeof mediaView>;

/** A post, message, member profile or community as the desk shows it. */
export const subjectView = z.object({
  key: z.string(),
  type: z.enum(SUBJECT_TYPES),
  text: z.string(),
  rich: z.array(richNode).nullable(),
  author: memberRef.nullable(),
  createdAt: instant.nullable(),
  editedAt: instant.nullable(),
  deletedAt: instant.nullable(),
  /** Whether the platform hides it at present, by anyone's decision. */
  removed: z.boolean(),
  url: z.string().nullable(),
  language: z.string().nullable(),
  /** Where in the community it stands: a channel, a forum category, a thread's title. */
  place: z.string().nullable(),
  media: z.array(mediaView),
});
export type SubjectView = z.infer<typeof subjectView>;
