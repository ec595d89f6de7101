import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { useLayer } from '../commands/contexts.ts';
import css from './popover.module.css';

type PopoverProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The button it hangs from. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly label: string;
  readonly children: ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly side?: 'top' | 'bottom';
};

/** Where the keys act: a sheet that a key opened must not leave the focus on its button, where Enter would open it again. */
function backToList(): HTMLElement | true {
  return document.querySelector<HTMLElement>('[data-focus-home]') ?? true;
}

/** A small sheet beside its button; Escape and a click outside close it. */
export function Popover({ open, onOpenChange, trigger, label, children, align = 'end', side = 'bottom' }: PopoverProps) {
  useLayer(open);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} className={css.place}>
          <Base.Popup className={css.popup} aria-label={label} finalFocus={backToList}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
