import type { ItemDetail } from '../../../src-main/contract/queue.ts';
import type { CaseDetail } from '../../../src-main/contract/work.ts';
import type { Audience, CaseStage, Source } from '../../../src-main/contract/words.ts';
import { client } from '../../host/client.ts';
import { failureOf } from '../../host/failure.ts';
import { attempt } from '../../state/attempt.ts';
import { toast } from '../../state/toasts.ts';
import { useLive } from '../../state/use-live.ts';
import type { Live } from '../../state/use-live.ts';

/** The contract answers at most this many whole items a call. */
const ITEMS_A_CALL = 20;

/** A case as it is now. */
export function useCase(id: string): Live<CaseDetail> {
  return useLive(`case/${id}`, ['cases', 'notes'], () => client.cases.get({ id }));
}

async function wholeItems(ids: readonly number[]): Promise<readonly ItemDetail[]> {
  const parts = Array.from({ length: Math.ceil(ids.length / ITEMS_A_CALL) }, (_, part) => ids.slice(part * ITEMS_A_CALL, (part + 1) * ITEMS_A_CALL));
  return (await Promise.all(parts.map((part) => client.queue.items({ ids: part })))).flat();
}

/** The linked items as the queue knows them: when they were written, what was decided. */
export function useCaseItems(detail: CaseDetail | undefined): readonly ItemDetail[] {
  const ids = (detail?.items ?? []).map(({ id }) => id);
  const { data } = useLive(ids.length === 0 ? null : `case-items/${ids.join(',')}`, ['decisions'], () => wholeItems(ids));
  return data ?? [];
}

type CaseChanges = { readonly title?: string; readonly stage?: CaseStage; readonly audience?: Audience; readonly followUpAt?: number | null };

/** Changes a case as it was seen; says calmly when someone else was first. */
export async function changeCase(detail: CaseDetail, changes: CaseChanges, source: Source): Promise<boolean> {
  try {
    await client.cases.change({ id: detail.id, basis: detail.version, ...changes, source });
    return true;
  } catch (error) {
    const { code, message } = failureOf(error);
    toast({ tone: 'failed', text: code === 'STALE' ? 'Someone changed this case a moment ago. It now shows what they did; look, then try again.' : message });
    return false;
  }
}

/** Opens a case and says its number; null when it could not be opened. */
export async function openCase(title: string, itemIds: readonly number[], source: Source): Promise<CaseDetail | null> {
  return attempt(client.cases.open({ id: crypto.randomUUID(), title, itemIds: [...itemIds], source }));
}
