import { createHash } from 'node:crypto';
import type { MappedField } from '../../contract/mapped-fields.ts';
import type { Mapping } from '../../contract/mapping.ts';
import type { RemoteMember, RemoteReport, RemoteSubject, Resolution } from '../connector.ts';
import { plainText } from '../http/html.ts';
import { addressOf, mediaFrom } from './addresses.ts';
import { isObject, textOf, valueAt } from './rows.ts';
import { readTime } from './times.ts';
import { categoryFor, isClosed, typeFor } from './values.ts';

/** What of a row could not be read, and what to do. */
export type FieldProblem = { readonly field: MappedField | null; readonly problem: string };

export type Rows = { readonly members: readonly RemoteMember[]; readonly subject: RemoteSubject; readonly report: RemoteReport; readonly resolution: Resolution | null };

/** What a mapping makes of a row: `notes` say what of it was left out although it was taken. */
export type Applied =
  | { readonly kind: 'taken'; readonly rows: Rows; readonly notes: readonly FieldProblem[] }
  | { readonly kind: 'left-out' }
  | { readonly kind: 'problem'; readonly problem: FieldProblem };

const LONGEST_ID = 500;
const LONGEST_NAME = 300;
const LONGEST_TEXT = 200_000;

/** Reads one row by a mapping. Never throws: what cannot be taken comes back with why. */
export function applyMapping(mapping: Mapping, row: unknown, receivedAt: number): Applied {
  if (!isObject(row)) return { kind: 'problem', problem: { field: null, problem: 'This is no row of named values. Check the file, or where the list of reports stands in the message.' } };
  const { only } = mapping;
  if (only !== null && !only.values.some((wanted) => same(wanted, textOf(valueAt(row, only.from))))) return { kind: 'left-out' };
  const notes: FieldProblem[] = [];
  const raw = (field: MappedField): unknown => {
    const source = mapping.fields[field];
    if (source === undefined) return undefined;
    return 'from' in source ? valueAt(row, source.from) : source.value;
  };
  const read = (field: MappedField, longest = LONGEST_NAME): string => textOf(raw(field)).slice(0, longest).toWellFormed();
  const time = (field: MappedField): number | null => {
    const text = read(field);
    const at = text === '' ? null : readTime(text, mapping.dates);
    if (text !== '' && at === null) notes.push({ field, problem: `“${text.slice(0, 40)}” is no time that Docket can read. Check whether the day or the month comes first.` });
    return at;
  };

  const author = memberFrom(idFrom(read('authorId', LONGEST_TEXT)), read('authorName'), read('authorHandle'), addressOf(read('authorUrl', 2000)));
  const reporter = memberFrom(idFrom(read('reporterId', LONGEST_TEXT)), read('reporterName'), read('reporterHandle'), null);
  const html = read('html', LONGEST_TEXT);
  const title = read('title');
  const words = read('text', LONGEST_TEXT) || plainText(html);
  const url = addressOf(read('url', 2000));
  if (url === null && read('url') !== '') notes.push({ field: 'url', problem: 'The address does not start with http:// or https://, so it is left out.' });

  const typed = read('subjectType');
  const knownType = typed === '' ? null : typeFor(typed, mapping);
  const type = knownType ?? (typed === '' && author !== null && words === '' && title === '' && url === null && read('subjectId') === '' ? 'member' : 'post');
  if (typed !== '' && knownType === null) notes.push({ field: 'subjectType', problem: `“${typed.slice(0, 40)}” is no kind that is mapped, so it counts as a post. Map it to a kind.` });
  const ownId = idFrom(read('subjectId', LONGEST_TEXT));
  const said = `${title}${words}` === '' ? '' : hashOf([author?.remoteId ?? '', title, words]);
  const subjectId = ownId || (type === 'member' ? author?.remoteId ?? '' : '') || idFrom(url ?? '') || said;
  if (subjectId === '') return { kind: 'problem', problem: { field: 'subjectId', problem: 'Nothing in it says what was reported. Map the id, the address or the text of what was reported.' } };
  // A member who was reported is their own author.
  const member = author ?? (type === 'member' ? memberFrom(subjectId, '', '', null) : null);

  const comment = read('comment', LONGEST_TEXT);
  const remoteCategory = read('category');
  const category = categoryFor(raw('category'), mapping);
  const postedAt = time('postedAt');
  const reportedAt = time('reportedAt');
  const state = read('state');
  const resolvedAt = time('resolvedAt');
  const resolvedBy = read('resolvedBy');
  const open = state === '' ? resolvedAt === null && resolvedBy === '' : !isClosed(state, mapping);
  const reportId = idFrom(read('reportId', LONGEST_TEXT)) || hashOf([type, subjectId, reporter?.remoteId ?? '', remoteCategory, comment, read('reportedAt')]);
  const named = { type, remoteId: subjectId };

  return {
    kind: 'taken',
    notes,
    rows: {
      members: [member, reporter].flatMap((one) => (one === null || (one.name === one.remoteId && one.handle === one.remoteId) ? [] : [one])),
      subject: {
        ...named, authorId: member?.remoteId ?? null, extra: { report: reportId, ...(url === null ? {} : { url }) },
        text: [title, words].filter((part) => part !== '').join('\n\n'), html: html === '' ? null : title === '' ? html : `<p><strong>${escaped(title)}</strong></p>${html}`,
        createdAt: postedAt, editedAt: null, deletedAt: null, removed: false, url, language: languageOf(read('language')),
        place: read('place') || null, media: mediaFrom(raw('media')), revision: null,
      },
      report: {
        remoteId: reportId, subject: named, reporterId: reporter?.remoteId ?? null, category, remoteCategory: remoteCategory === '' || same(remoteCategory, category) ? null : remoteCategory,
        comment, createdAt: reportedAt ?? receivedAt, open,
      },
      resolution: open ? null : { subject: named, by: resolvedBy || null, what: read('resolvedHow') || 'resolved', at: resolvedAt, orderId: null, closes: true, reportId },
    },
  };
}

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** An id as it is; one that is longer than any id by its hash. */
function idFrom(text: string): string {
  return text.length > LONGEST_ID ? hashOf([text]) : text;
}

/** Stands in for an id where there is none: the same content gives the same one. */
function hashOf(parts: readonly string[]): string {
  return `~${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)}`;
}

function memberFrom(id: string, name: string, handle: string, url: string | null): RemoteMember | null {
  const remoteId = id || handle || name;
  if (remoteId === '') return null;
  return { remoteId, name: name || handle || id, handle: handle || name || id, joinedAt: null, postCount: null, standing: [], url };
}

/** A language's code; its name in words is left out. */
function languageOf(text: string): string | null {
  return /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i.test(text) ? text.replaceAll('_', '-') : null;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
