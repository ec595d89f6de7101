import type { DeliveryView } from '../../../src-main/contract/queue.ts';
import type { Source } from '../../../src-main/contract/words.ts';
import { client } from '../../host/client.ts';
import { failureOf } from '../../host/failure.ts';
import { outdateDetails } from '../../state/details.ts';
import { fitsView, leaveList } from '../../state/leaving.ts';
import { rows } from '../../state/rows.ts';
import { inOrder, untilAnswered } from '../../state/serial.ts';
import { toast } from '../../state/toasts.ts';

/** Ends a conflict: theirs stands, or ours is sent over it. */
export async function resolveConflict(delivery: DeliveryView, choice: 'keep-theirs' | 'send-mine', source: Source): Promise<void> {
  const id = crypto.randomUUID();
  try {
    const row = await inOrder(() => untilAnswered(() => client.decide.resolve({ id, deliveryId: delivery.id, choice, source })));
    rows.put(row.id, row);
    outdateDetails([row.id]);
    if (!fitsView(row)) leaveList([row.id]);
    toast({ tone: 'done', text: choice === 'keep-theirs' ? 'Theirs stands; yours was not sent' : 'Yours is on its way' });
  } catch (error) {
    toast({ tone: 'failed', text: failureOf(error).message });
  }
}
