import { useEffect, useRef } from 'react';
import type { CommandId } from '../../src-main/contract/commands.ts';
import type { Source } from '../../src-main/contract/words.ts';

/** What a command does. It may return words for why it cannot run now. */
export type Handler = (source: Source) => void;
export type HandlerEntry = Handler | {
  readonly run: Handler;
  /** Why it cannot run now, in words; null when it can. Shown dimmed and said on use. */
  readonly why: () => string | null;
};
export type Handlers = { readonly [id in CommandId]?: HandlerEntry | undefined };

const stacks = new Map<CommandId, { readonly current: () => HandlerEntry | undefined }[]>();
const listeners = new Set<() => void>();
let version = 0;

function changed(): void {
  version += 1;
  for (const listener of listeners) listener();
}

/** Registers handlers; the latest registered for a command wins. Returns how to take them away. */
function registerHandlers(ids: readonly CommandId[], get: (id: CommandId) => HandlerEntry | undefined): () => void {
  const added = ids.map((id) => {
    const entry = { current: () => get(id) };
    const stack = stacks.get(id) ?? [];
    stack.push(entry);
    stacks.set(id, stack);
    return { id, entry };
  });
  changed();
  return () => {
    for (const { id, entry } of added) {
      const stack = stacks.get(id) ?? [];
      const at = stack.indexOf(entry);
      if (at >= 0) stack.splice(at, 1);
    }
    changed();
  };
}

/** The handler that would run for a command now. */
export function handlerOf(id: CommandId): HandlerEntry | undefined {
  const stack = stacks.get(id) ?? [];
  for (const entry of stack.toReversed()) {
    const handler = entry.current();
    if (handler !== undefined) return handler;
  }
  return undefined;
}

/** Why a command cannot run now; null when it can. */
export function whyNot(id: CommandId): string | null {
  const handler = handlerOf(id);
  if (handler === undefined) return 'Not here.';
  return typeof handler === 'function' ? null : handler.why();
}

/** Runs a command; false where nothing handles it at present. */
export function runCommand(id: CommandId, source: Source): boolean {
  const handler = handlerOf(id);
  if (handler === undefined) return false;
  if (typeof handler === 'function') handler(source);
  else handler.run(source);
  return true;
}

/** For lists of commands that are drawn: tells when handlers come and go. */
export const handlerChanges = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  version: (): number => version,
};

/** Handles commands while the component is on screen; the handlers may close over fresh props and state. */
export function useCommands(handlers: Handlers): void {
  const latest = useRef(handlers);
  const whys = useRef('');
  useEffect(() => {
    latest.current = handlers;
    // What is drawn from the handlers is told when one of them can run now, or no longer can.
    const now = Object.values(handlers).map((handler) => (handler === undefined ? '-' : typeof handler === 'function' ? '' : handler.why() ?? '')).join('|');
    if (now === whys.current) return;
    whys.current = now;
    changed();
  });
  const ids = Object.keys(handlers).toSorted().join(' ');
  useEffect(() => registerHandlers(
    // The keys of a Handlers object are command ids by its type.
    ids.split(' ').filter((id): id is CommandId => id !== ''),
    (id) => latest.current[id],
  ), [ids]);
}
