import { create } from 'zustand';
import type { Source } from '../../src-main/contract/words.ts';
import { toast } from '../state/toasts.ts';
import { useSettings } from '../state/settings.ts';
import { holdKey, keysWait, mustWait } from '../state/type-ahead.ts';
import { isModifierOnly } from './chord.ts';
import { activeContexts, useContexts } from './contexts.ts';
import { gate, SEQUENCE_MS } from './gate.ts';
import type { Pending } from './gate.ts';
import { handlerOf, runCommand, whyNot } from './handlers.ts';
import type { KnownCommand } from './keymap.ts';
import { isMac } from './platform.ts';

/** The begun sequence, for the frame to show; null most of the time. */
export const usePending = create<{ readonly pending: Pending }>(() => ({ pending: null }));

const TYPING = 'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable]:not([contenteditable=false])';

/** Whether keys go to a text box: then only modifiers, Enter and Escape are commands. */
export function isEditable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

/** Enter and Space on a focused button or link are the button's own. */
function isPressable(target: EventTarget | null, key: string): boolean {
  return (key === 'Enter' || key === ' ') && target instanceof Element && target.closest('button, a[href], summary, [role=button], [role=tab], [role=option], [role=menuitem]') !== null;
}

/** Keys that the present mode takes before any command, such as the numbered reasons; true when taken. */
type EarlyKeys = (event: KeyboardEvent) => boolean;
const early: EarlyKeys[] = [];

/** Takes keys before the command table does; the latest comes first. Returns how to stop. */
export function takeKeysFirst(keys: EarlyKeys): () => void {
  early.unshift(keys);
  return () => { early.splice(early.indexOf(keys), 1); };
}

/** Runs a command by hand or key, or says why it cannot run here. */
export function run(command: KnownCommand, source: Source): void {
  const why = whyNot(command.id);
  if (why === null) runCommand(command.id, source);
  else toast({ id: 'why-not', text: `${command.title}: ${why}` });
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const editable = isEditable(event.target);
  const layered = useContexts.getState().layers > 0;
  if (!event.isComposing && !editable && !layered && keysWait() && !isModifierOnly(event)) {
    event.preventDefault();
    holdKey(event);
    return;
  }
  if (!event.isComposing && !layered && early.some((keys) => keys(event))) {
    event.preventDefault();
    return;
  }
  if (!editable && isPressable(event.target, event.key) && !event.ctrlKey && !event.metaKey) return;
  const before = usePending.getState().pending;
  const answer = gate(event, before, {
    keymap: useSettings.getState().keymap, contexts: activeContexts(), editable, layered, mac: isMac, handled: (command) => handlerOf(command.id) !== undefined,
  });
  if (answer.consumed) event.preventDefault();
  if (answer.pending !== before) showPending(answer.pending);
  if (answer.command === null) return;
  if (mustWait(answer.command)) holdKey(event);
  else run(answer.command, 'key');
}

let forget: ReturnType<typeof setTimeout> | undefined;

function showPending(pending: Pending): void {
  clearTimeout(forget);
  usePending.setState({ pending });
  if (pending !== null) forget = setTimeout(() => usePending.setState({ pending: null }), SEQUENCE_MS);
}

/** Listens for keys on the whole window; one listener, one gate. */
export function startKeys(): void {
  window.addEventListener('keydown', onKeyDown);
}
