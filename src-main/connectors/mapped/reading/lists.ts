import { isObject } from '../rows.ts';

/** What other systems call the list of what they export. */
const LIST_NAMES = ['reports', 'items', 'data', 'results', 'entries', 'records', 'rows', 'flags', 'reviewables', 'tickets', 'events', 'abuses'];

/** Where a document most likely has its list of reports; empty where it is one itself, or one report. */
export function listIn(document: unknown): string {
  if (!isObject(document)) return '';
  return LIST_NAMES.find((name) => {
    const list = document[name];
    return Array.isArray(list) && list.every(isObject);
  }) ?? '';
}
