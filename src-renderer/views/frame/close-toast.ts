import { useEffect } from 'react';
import { isEditable, takeKeysFirst } from '../../commands/dispatch.ts';
import { useDeciding } from '../../state/deciding.ts';
import { closeToast, useToasts } from '../../state/toasts.ts';

/** Escape closes the latest toast that stays until closed; what is typed and an open decision come before it. */
function escape(event: KeyboardEvent): boolean {
  if (event.key !== 'Escape' || isEditable(event.target) || useDeciding.getState().draft !== null) return false;
  const latest = useToasts.getState().toasts.findLast(({ until }) => until === null);
  if (latest === undefined) return false;
  closeToast(latest.id);
  return true;
}

/** Lets Escape close toasts while the desk is on screen. */
export function useToastEscape(): void {
  useEffect(() => takeKeysFirst(escape), []);
}
