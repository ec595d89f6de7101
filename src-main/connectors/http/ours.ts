import { keep } from './newest.ts';

/** Which order of this session closed which entry, so that its closing is not taken for a colleague's. */
export type Ours = {
  readonly note: (entryId: string, orderId: string) => void;
  /** What was noted did not happen. */
  readonly forget: (entryId: string) => void;
  readonly orderOf: (entryId: string) => string | null;
};

const MOST = 5000;

export function makeOurs(): Ours {
  const notes = new Map<string, string>();
  return {
    note(entryId, orderId) {
      keep(notes, entryId, orderId, MOST);
    },
    forget(entryId) {
      notes.delete(entryId);
    },
    orderOf: (entryId) => notes.get(entryId) ?? null,
  };
}
