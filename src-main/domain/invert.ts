import type { DeliveryState, Verb } from '../contract/words.ts';

/** An order of a decision that is being undone, after those that never left were cancelled. */
export type LeftOrder = {
  readonly id: string;
  readonly verb: Verb;
  readonly state: DeliveryState;
  /** How often it was tried; found "already so" at a repeated try, our first one may have made it so. */
  readonly attempts: number;
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

/**
 * Which reverse orders an undo needs. What someone else had already done there is theirs to take back, and what
 * another standing decision still asks for stays.
 */
export function invert(orders: readonly LeftOrder[]): Inversion {
  const left = orders.filter((order) => !order.reverse && mayHaveLanded(order));
  const back = left.filter((order) => order.reversible && !order.stillWanted);
  return {
    reverse: back.map((order) => order.id).toReversed(),
    effect: left.length > back.length ? 'stays' : back.length > 0 ? 'reversing' : 'cancelled',
  };
}

function mayHaveLanded(order: LeftOrder): boolean {
  return order.state === 'sent' || order.state === 'pending' || (order.state === 'handled-there' && order.attempts > 1);
}
