import { Check, CircleAlert, Info, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { closeToast, useToasts } from '../state/toasts.ts';
import type { Toast } from '../state/toasts.ts';
import { classes } from './classes.ts';
import { Keys } from './kbd.tsx';
import css from './toasts.module.css';

const ICONS = { done: Check, said: Info, failed: CircleAlert };

/** What was just said, above the bottom bar; read out politely. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div className={css.place} role="status" aria-live="polite">
      {toasts.map((toast) => <ToastLine key={toast.id} toast={toast} />)}
    </div>
  );
}

function ToastLine({ toast }: { readonly toast: Toast }) {
  const now = useSeconds(toast);
  const Icon = ICONS[toast.tone];
  useEffect(() => {
    if (toast.until === null) return undefined;
    const timer = setTimeout(() => closeToast(toast.id), Math.max(0, toast.until - Date.now()));
    return () => clearTimeout(timer);
  }, [toast.id, toast.until]);
  const left = toast.countdownTo === null || toast.countdownTo === undefined ? null : Math.ceil((toast.countdownTo - now) / 1000);
  return (
    <div className={classes(css.toast, css[toast.tone])}>
      <Icon aria-hidden="true" />
      <span className={css.text}>
        {toast.text}
        {left !== null && left > 0 && <span className="tabular" aria-hidden="true"> · sends in {left} s</span>}
      </span>
      {toast.action !== undefined && (
        <button type="button" className={css.action} onClick={toast.action.run}>
          {toast.action.title}
          {toast.action.keys !== undefined && <Keys chord={toast.action.keys} />}
        </button>
      )}
      {(toast.tone === 'failed' || toast.until === null) && (
        <button type="button" className={css.close} aria-label="Close" onClick={() => closeToast(toast.id)}><X aria-hidden="true" /></button>
      )}
    </div>
  );
}

/** The present by the second, while a countdown runs. */
function useSeconds({ countdownTo }: Toast): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (countdownTo === null || countdownTo === undefined) return undefined;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() > countdownTo) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [countdownTo]);
  return now;
}
