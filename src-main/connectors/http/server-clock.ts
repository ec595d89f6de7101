/** The instance's clock: an end that is sent there must not suffer from this machine's being wrong. */
export type ServerClock = {
  /** Learns from an answer's date (RFC 9110, 6.6.1). */
  readonly observe: (response: Response) => void;
  /** How far it is ahead of this machine's, ms; 0 until an answer was dated. */
  readonly aheadMs: () => number;
  readonly now: () => number;
};

export function makeServerClock(now: () => number): ServerClock {
  let aheadMs = 0;
  return {
    observe({ headers }) {
      const date = Date.parse(headers.get('date') ?? '');
      if (!Number.isNaN(date)) aheadMs = date - now();
    },
    aheadMs: () => aheadMs,
    now: () => now() + aheadMs,
  };
}
