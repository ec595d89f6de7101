import type { DeliveryState, Verb } from '../contract/words.ts';

/** An order of a decision that is being undone, after those that never left were cancelled. */
export type LeftOrder = {
  readonly id: string;
  readonly verb: Verb;
  readonly state: DeliveryState;
  readonly reverse: boolean;
  /** Whether the platform has a reverse for it. */
  readonly reversible: boolean;
  /** Whether another decision that stands asks the same of the same subject. */
  readonly stillWanted: boolean;
};

export type Inversion = {
  /** Orders to send a reverse for, latest first. */
  readonly reverse: readonly string[];
  /** What the person is told: nothing had left, it is being taken back, or something of it stays. */
  readonly effect: 'cancelled' | 'reversing' | 'stays';
};

/** States in which the platform has, or may have, done what we asked. */
const LEFT: ReadonlySet<DeliveryState> = new Set<DeliveryState>(['pending', 'sent', 'failed']);

/**
 * Which reverse orders an undo needs. What someone else had already done there is theirs to take back, and what
 * another standing decision still asks for stays.
 */
export function invert(orders: readonly LeftOrder[]): Inversion {
  const left = orders.filter((order) => !order.reverse && LEFT.has(order.state));
  const back = left.filter((order) => order.reversible && !order.stillWanted);
  return {
    reverse: back.map((order) => order.id).reverse(),
    effect: left.length > back.length ? 'stays' : back.length > 0 ? 'reversing' : 'cancelled',
  };
}
