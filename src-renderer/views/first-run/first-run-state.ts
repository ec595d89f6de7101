import { create } from 'zustand';
import { useCounts } from '../../state/counts.ts';
import { useSettings } from '../../state/settings.ts';

const useLeft = create<{ readonly left: boolean }>(() => ({ left: false }));

/** Goes on to the empty desk; the first screen comes back at the next start while nothing is connected. */
export function leaveFirstRun(): void {
  useLeft.setState({ left: true });
}

/** Whether the desk begins with the first screen: nothing is connected, and nobody chose to look around. */
export function useFirstRun(): boolean {
  const nothing = useCounts((state) => state.connections !== null && state.connections.length === 0);
  const known = useSettings((state) => state.settings !== null);
  return !useLeft((state) => state.left) && nothing && known;
}
