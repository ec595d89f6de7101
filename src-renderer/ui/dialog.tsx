import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import { useLayer } from '../commands/contexts.ts';
import { classes } from './classes.ts';
import css from './dialog.module.css';

type DialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** One sentence under the title. */
  readonly said?: ReactNode;
  readonly children: ReactNode;
  /** Buttons, the main one last. */
  readonly actions?: ReactNode;
  readonly size?: 'small' | 'medium' | 'large' | 'huge';
  readonly initialFocus?: RefObject<HTMLElement | null>;
  /** Keeps the title for screen readers only. */
  readonly bare?: boolean;
};

/** A window over the desk: focus stays inside, Escape closes, the desk's keys rest meanwhile. */
export function Dialog({ open, onClose, title, said, children, actions, size = 'small', initialFocus, bare = false }: DialogProps) {
  useLayer(open);
  return (
    <Base.Root open={open} onOpenChange={(next) => { if (!next) onClose(); }}>
      <Base.Portal>
        <Base.Backdrop className={css.backdrop} />
        <Base.Popup className={classes(css.popup, css[size])} {...(initialFocus === undefined ? {} : { initialFocus })}>
          <header className={bare ? 'quiet' : css.head}>
            <Base.Title className={css.title}>{title}</Base.Title>
            {said !== undefined && <Base.Description className={css.said} render={<div />}>{said}</Base.Description>}
          </header>
          <div className={css.body}>{children}</div>
          {actions !== undefined && <footer className={css.actions}>{actions}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
