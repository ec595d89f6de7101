import { useEffect } from 'react';
import { create } from 'zustand';
import type { CommandContext } from '../../src-main/contract/commands.ts';

type ContextsState = {
  /** Outermost first; `global` is always below them. */
  readonly stack: readonly CommandContext[];
  /** Open dialogs and popovers: while there is one, the desk's own keys rest. */
  readonly layers: number;
};

export const useContexts = create<ContextsState>(() => ({ stack: [], layers: 0 }));

/** Adds a context; returns how to leave it. */
function enterContext(context: CommandContext): () => void {
  useContexts.setState(({ stack }) => ({ stack: [...stack, context] }));
  return () => useContexts.setState(({ stack }) => {
    const at = stack.lastIndexOf(context);
    return { stack: stack.filter((_, index) => index !== at) };
  });
}

/** The contexts that are active now, innermost first, ending in `global`. */
export function activeContexts(): readonly CommandContext[] {
  return [...useContexts.getState().stack.toReversed(), 'global'];
}

/** Keeps a context active while the component is on screen and `active`. */
export function useCommandContext(context: CommandContext, active = true): void {
  useEffect(() => (active ? enterContext(context) : undefined), [context, active]);
}

/** Says that a dialog or popover is open; commands other than palette and cancel rest meanwhile. */
export function useLayer(open: boolean): void {
  useEffect(() => {
    if (!open) return undefined;
    useContexts.setState(({ layers }) => ({ layers: layers + 1 }));
    return () => useContexts.setState(({ layers }) => ({ layers: layers - 1 }));
  }, [open]);
}
