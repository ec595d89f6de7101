import { useEffect } from 'react';
import { create } from 'zustand';
import { strokeChords } from '../../commands/chord.ts';
import { isMac } from '../../commands/platform.ts';
import { useCounts } from '../../state/counts.ts';
import { useQueue } from '../../state/queue.ts';
import { useSettings } from '../../state/settings.ts';

export type Lesson = 'move' | 'decide' | 'undo';

const KEPT = 'docket-coach';

type Coach = { readonly learnt: readonly Lesson[]; readonly closed: boolean };

function kept(): Coach {
  try {
    return { learnt: [], closed: localStorage.getItem(KEPT) === 'closed' };
  } catch {
    return { learnt: [], closed: false };
  }
}

/** What a newcomer has done already. Once all of it is done, or the coach was closed, it does not come back. */
export const useCoach = create<Coach>(kept);

/** The coach has done its work. */
export function closeCoach(): void {
  useCoach.setState({ closed: true });
  try {
    localStorage.setItem(KEPT, 'closed');
  } catch {
    // It will say its three lines once more after the next start.
  }
}

function learn(lesson: Lesson): void {
  const { learnt, closed } = useCoach.getState();
  if (!closed && !learnt.includes(lesson)) useCoach.setState({ learnt: [...learnt, lesson] });
}

/** Watches over a newcomer's shoulder while the coach is on screen: moving, deciding, taking back. */
export function useLessons(): void {
  useEffect(() => {
    const ends = [
      useQueue.subscribe((now, before) => { if (before.selected !== null && now.selected !== before.selected) learn('move'); }),
      useCounts.subscribe((now, before) => { if (before.queue !== null && now.queue !== null && now.queue.decidedToday > before.queue.decidedToday) learn('decide'); }),
    ];
    function onKeyDown(event: KeyboardEvent): void {
      const keys = useSettings.getState().keymap.keysOf.get('back.undo') ?? [];
      if (useCoach.getState().learnt.includes('decide') && strokeChords(event, isMac).some((chord) => keys.includes(chord))) learn('undo');
    }
    window.addEventListener('keydown', onKeyDown, true);
    return () => {
      for (const end of ends) end();
      window.removeEventListener('keydown', onKeyDown, true);
    };
  }, []);
}
