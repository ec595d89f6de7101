import { keep } from '../http/newest.ts';

/** Which order of this session closed which reviewable, or topic, so that its closing is not taken for a colleague's. */
export type Ours = {
  readonly note: (reviewId: string, version: number, orderId: string) => void;
  /** Null where it was someone else, or before this session. A null version is any. */
  readonly orderOf: (reviewId: string, version: number | null) => string | null;
};

const MOST = 5000;

export function makeOurs(): Ours {
  const notes = new Map<string, { readonly version: number; readonly orderId: string }>();
  return {
    note(reviewId, version, orderId) {
      keep(notes, reviewId, { version, orderId }, MOST);
    },
    orderOf(reviewId, version) {
      const noted = notes.get(reviewId);
      return noted !== undefined && (version === null || noted.version === version) ? noted.orderId : null;
    },
  };
}
