/** Which order of this session closed which report, so that its closing is not taken for a colleague's. */
export type Ours = {
  readonly note: (reportId: string, orderId: string) => void;
  readonly orderOf: (reportId: string) => string | null;
};

const MOST = 5000;

export function makeOurs(): Ours {
  const notes = new Map<string, string>();
  return {
    note(reportId, orderId) {
      notes.delete(reportId);
      notes.set(reportId, orderId);
      for (const oldest of notes.keys()) if (notes.size > MOST) notes.delete(oldest);
    },
    orderOf: (reportId) => notes.get(reportId) ?? null,
  };
}
