import type { DeliveryResult, Order } from '../connector.ts';

const STOOD = 'stood';

/**
 * The id of what an order did, where what it wished for stood there before: it is not the order's to take back, and where the
 * platform does not tell who did it, this is all that tells.
 */
export function asStood(remoteId: string | null, stood: boolean): string | null {
  return stood ? [STOOD, remoteId].filter((part) => part !== null).join(' ') : remoteId;
}

/** What to answer where an order would take back what stood there before, and no person insists; null else. */
export function stoodBefore({ reverses, force }: Pick<Order, 'reverses' | 'force'>, what: string): DeliveryResult & { readonly kind: 'conflict' } | null {
  const stood = !force && reverses?.remoteId?.split(' ').includes(STOOD) === true;
  return stood ? { kind: 'conflict', by: null, what: `${what} before Docket did it`, at: null } : null;
}
