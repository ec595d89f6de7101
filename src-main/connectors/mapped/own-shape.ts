import type { Mapping } from '../../contract/mapping.ts';
import { isObject } from './rows.ts';

/** Docket's own shape of a report, as the README documents it; it needs no mapping. */
export const OWN_SHAPE: Mapping = {
  list: '',
  fields: {
    subjectId: { from: 'subject.id' }, subjectType: { from: 'subject.type' }, text: { from: 'subject.text' }, html: { from: 'subject.html' },
    title: { from: 'subject.title' }, url: { from: 'subject.url' }, media: { from: 'subject.media' }, postedAt: { from: 'subject.at' },
    place: { from: 'subject.place' }, language: { from: 'subject.language' },
    authorId: { from: 'author.id' }, authorName: { from: 'author.name' }, authorHandle: { from: 'author.handle' }, authorUrl: { from: 'author.url' },
    reportId: { from: 'report.id' }, category: { from: 'report.category' }, comment: { from: 'report.comment' }, reportedAt: { from: 'report.at' }, state: { from: 'report.state' },
    reporterId: { from: 'reporter.id' }, reporterName: { from: 'reporter.name' }, reporterHandle: { from: 'reporter.handle' },
    resolvedBy: { from: 'resolution.by' }, resolvedHow: { from: 'resolution.what' }, resolvedAt: { from: 'resolution.at' },
  },
  categories: {}, types: {}, closed: [], dates: 'day-first', only: null,
};

/** Where a message in our own shape has its reports: it is one, is a list of them, or has a list `reports`. */
export function ownList(document: unknown): string {
  return isObject(document) && Array.isArray(document['reports']) ? 'reports' : '';
}

/** Whether a row is in our own shape. */
export function isOwnShape(row: unknown): boolean {
  return isObject(row) && (isObject(row['subject']) ? row['report'] === undefined || isObject(row['report']) : isObject(row['report']) && isObject(row['author']));
}
