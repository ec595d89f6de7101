import { create } from 'zustand';
import type { ReactNode } from 'react';

export type Toast = {
  readonly id: string;
  readonly text: ReactNode;
  readonly tone: 'done' | 'said' | 'failed';
  /** A button with its key. */
  readonly action?: { readonly title: string; readonly keys?: string | undefined; readonly run: () => void } | undefined;
  /** When it goes by itself, ms since the epoch; null: stays until closed. */
  readonly until: number | null;
  /** Shows "sends in 6 s" up to then. */
  readonly countdownTo?: number | null | undefined;
};

const STAY_MS = 6000;
const MOST = 3;

export const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }));

/** Says something in the corner; one with the id of an earlier one takes its place. */
export function toast(input: Omit<Toast, 'id' | 'tone' | 'until'> & Partial<Pick<Toast, 'id' | 'tone' | 'until'>>): string {
  const id = input.id ?? crypto.randomUUID();
  const tone = input.tone ?? 'said';
  const until = input.until === undefined ? Date.now() + (tone === 'failed' ? 2 * STAY_MS : STAY_MS) : input.until;
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.filter((toast) => toast.id !== id), { ...input, id, tone, until }].slice(-MOST) }));
  return id;
}

/** Takes a toast away. */
export function closeToast(id: string): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
