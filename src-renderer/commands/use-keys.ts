import type { CommandId } from '../../src-main/contract/commands.ts';
import { useSettings } from '../state/settings.ts';
import { firstKey } from './keymap.ts';

/** The first key of a command as it is bound now, for labels beside what it does. */
export function useKey(id: CommandId): string | undefined {
  return useSettings((state) => firstKey(state.keymap, id));
}
