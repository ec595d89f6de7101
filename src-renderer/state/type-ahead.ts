import type { KnownCommand } from '../commands/keymap.ts';
import { targetIds, useDeciding } from './deciding.ts';
import { details } from './details.ts';
import { toast } from './toasts.ts';

type HeldKey = Pick<KeyboardEventInit, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** A hand may be faster than an item's arrival for a moment; what lasts longer is told. */
const PATIENCE_MS = 5000;

let held: readonly HeldKey[] = [];
let replaying = false;
let stopWaiting: (() => void) | null = null;

/** The item that has to be here before a verb can be answered; null where it is. */
function awaited(): number | null {
  const [first] = targetIds();
  return first !== undefined && useDeciding.getState().draft === null && details.get(first) === undefined ? first : null;
}

function copyOf(event: KeyboardEvent): HeldKey {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  return { key, code, ctrlKey, metaKey, altKey, shiftKey };
}

/** Whether keys wait already, so that later ones have to queue behind them. */
export function keysWait(): boolean {
  return held.length > 0 && !replaying;
}

/** Whether a command is a verb for an item that is not here yet. */
export function mustWait(command: KnownCommand): boolean {
  return command.group === 'decide' && command.when === 'queue' && awaited() !== null;
}

/** Keeps a key until the item is here; no key of a quick hand is lost, and none decides about what was not shown. */
export function holdKey(event: KeyboardEvent): void {
  if (event.key === 'Escape') {
    drop();
    return;
  }
  if (event.repeat) return;
  held = [...held, copyOf(event)];
  if (stopWaiting === null) wait();
}

function drop(): void {
  held = [];
  stopWaiting?.();
  stopWaiting = null;
}

function wait(): void {
  const id = awaited();
  if (id === null) {
    replay();
    return;
  }
  const unsubscribe = details.subscribe(id, () => {
    stop();
    // The item is drawn first; the keys are about what can be seen.
    requestAnimationFrame(replay);
  });
  const timer = setTimeout(() => {
    drop();
    toast({ id: 'why-not', text: 'The item is still loading. What was typed for it was not used.' });
  }, PATIENCE_MS);
  function stop(): void {
    unsubscribe();
    clearTimeout(timer);
    stopWaiting = null;
  }
  stopWaiting = stop;
}

/** Presses the held keys again, in order, until one has to wait for the next item. */
function replay(): void {
  const [next, ...later] = held;
  if (next === undefined) return;
  if (awaited() !== null) {
    wait();
    return;
  }
  held = later;
  replaying = true;
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { ...next, bubbles: true, cancelable: true }));
  replaying = false;
  // What the key changed is in place before the next one is pressed.
  queueMicrotask(replay);
}
