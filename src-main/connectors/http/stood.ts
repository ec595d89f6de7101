import type { Order } from '../connector.ts';

const STOOD = 'stood';

/**
 * The id of what an order did, where what it wished for stood there before: it is not the order's to take back, and where the
 * platform does not tell who did it, this is all that tells.
 */
export function asStood(remoteId: string | null, stood: boolean): string | null {
  return stood ? [STOOD, remoteId].filter((part) => part !== null).join(' ') : remoteId;
}

/** Whether what an order takes back stood there before. */
export function stoodBefore({ reverses }: Pick<Order, 'reverses'>): boolean {
  return reverses?.remoteId?.split(' ').includes(STOOD) === true;
}
