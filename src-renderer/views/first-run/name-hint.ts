import { useEffect } from 'react';
import { useCounts } from '../../state/counts.ts';
import { navigate } from '../../state/route.ts';
import { useSettings } from '../../state/settings.ts';
import { toast } from '../../state/toasts.ts';
import { firstKey } from '../../commands/keymap.ts';

/** What signs the log until someone says otherwise: the default of the settings. */
const NOBODY = 'Moderator';
const KEPT = 'docket-name-hint';
const STAY_MS = 15_000;

/** Whether someone was asked for a name on this machine; whoever gave none is not asked again. */
function nameWasAsked(): boolean {
  try {
    return localStorage.getItem(KEPT) !== null;
  } catch {
    return false;
  }
}

/** Remembers that someone was asked for a name. */
export function noteNameAsked(): void {
  try {
    localStorage.setItem(KEPT, 'asked');
  } catch {
    // They will be asked once more after the next start.
  }
}

/** After the first decision of someone whom nobody asked for a name: says what it was signed with, once. */
export function useNameHint(): void {
  useEffect(() => useCounts.subscribe((now, before) => {
    if (before.queue === null || now.queue === null || now.queue.decidedToday <= before.queue.decidedToday) return;
    const { settings, keymap } = useSettings.getState();
    if (settings?.actor !== NOBODY || nameWasAsked()) return;
    noteNameAsked();
    toast({
      id: 'name', text: `Your decisions are signed “${NOBODY}”`, until: Date.now() + STAY_MS,
      action: { title: 'Set your name', keys: firstKey(keymap, 'go.settings'), run: () => navigate('settings') },
    });
  }), []);
}
