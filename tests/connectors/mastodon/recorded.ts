import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Real answers: the examples of mastodon/documentation (admin/webhooks.md, entities/{Admin_Account,Account,Status}.md)
 * and of GoToSocial's own tests (internal/api/client/admin/reportsget_test.go).
 */
export type RecordedName = 'mastodon-report' | 'mastodon-admin-account' | 'mastodon-account' | 'mastodon-status' | 'gotosocial-reports';

export function recorded(name: RecordedName): unknown {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, 'recorded', `${name}.json`), 'utf8'));
}

/** A recorded object, as one. */
export function recordedObject(name: Exclude<RecordedName, 'gotosocial-reports'>): Readonly<Record<string, unknown>> {
  return recorded(name) as Readonly<Record<string, unknown>>;
}
