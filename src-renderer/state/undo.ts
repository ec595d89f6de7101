import type { Source } from '../../src-main/contract/words.ts';
import type { UndoOutcome } from '../../src-main/contract/work.ts';
import { client } from '../host/client.ts';
import { failureOf } from '../host/failure.ts';
import { fitsView, leaveList, rejoinList } from './leaving.ts';
import { changeWindow } from './queue.ts';
import { rows } from './rows.ts';
import { inOrder, untilAnswered } from './serial.ts';
import { useSettings } from './settings.ts';
import { toast } from './toasts.ts';

const EFFECTS: Readonly<Record<UndoOutcome['effect'], string>> = {
  cancelled: 'nothing was sent',
  reversing: 'the reverse is on its way',
  stays: 'the platform cannot take it back; it stays as it is there',
};

function key(id: 'back.undo' | 'back.redo'): string | undefined {
  return useSettings.getState().keymap.keysOf.get(id)?.[0];
}

/** Takes back the latest decision that stands, or a named one; each press goes one further back. */
export async function undo(source: Source, decisionId: string | null = null): Promise<void> {
  const id = crypto.randomUUID();
  try {
    const outcome = await inOrder(() => untilAnswered(() => client.decide.undo({ id, decisionId, source })));
    rejoinList(outcome.items);
    toast({
      id: 'decided', tone: 'done', text: `Undone: ${outcome.what} · ${EFFECTS[outcome.effect]}`,
      action: { title: 'Redo', keys: key('back.redo'), run: () => { void redo('pointer'); } },
    });
  } catch (error) {
    const failure = failureOf(error);
    toast({ id: 'decided', tone: failure.code === 'NOT_FOUND' ? 'said' : 'failed', text: failure.message });
  }
}

/** Repeats the latest decision that was undone. */
export async function redo(source: Source): Promise<void> {
  const id = crypto.randomUUID();
  try {
    const outcome = await inOrder(() => untilAnswered(() => client.decide.redo({ id, source })));
    for (const row of outcome.items) rows.put(row.id, row);
    leaveList(outcome.items.filter((row) => !fitsView(row)).map((row) => row.id));
    changeWindow((window) => ({ ...window, picked: new Set() }));
    toast({
      id: 'decided', tone: 'done', text: 'Decided again', countdownTo: outcome.undoUntil, until: Math.max(outcome.undoUntil, Date.now() + 5000),
      action: { title: 'Undo', keys: key('back.undo'), run: () => { void undo('pointer', outcome.decisionId); } },
    });
  } catch (error) {
    const failure = failureOf(error);
    toast({ id: 'decided', tone: failure.code === 'NOT_FOUND' ? 'said' : 'failed', text: failure.message });
  }
}
