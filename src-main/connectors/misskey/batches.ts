import type { Batch, ConnectorIo } from '../connector.ts';
import type { Client } from './client.ts';
import type { Ours } from '../http/ours.ts';
import { keyOf, writePosition } from './position.ts';
import type { Position } from './position.ts';
import type { Told } from './reports.ts';

export type PullInput = {
  readonly io: ConnectorIo;
  readonly client: Client;
  readonly ours: Ours;
  /** Which of the open reports are looked at again next, when some were, and how subjects looked when they were told. */
  readonly looks: { next: number; at: number; readonly told: Map<string, string> };
};

/** Open reports of a subject that travel with it, and that a decision closes. */
const MOST_REPORTS = 200;

/** A batch in which each subject names the open reports about it, which are resolved one by one. */
export function batchOf(told: Told, position: Position): Batch {
  return {
    ...told,
    subjects: told.subjects.map((subject) => ({
      ...subject,
      extra: { reports: [...position.bySubject.get(keyOf(subject)) ?? []].slice(-MOST_REPORTS).join(' ') },
    })),
    resolutions: [], cursor: writePosition(position), total: null,
  };
}
