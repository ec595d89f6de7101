import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { Keys } from './kbd.tsx';
import css from './hint.module.css';

type HintProps = {
  readonly text: string;
  readonly keys?: string | undefined;
  readonly side?: 'top' | 'bottom' | 'right' | 'left';
  readonly children: ReactElement<Record<string, unknown>>;
};

/** A word about what is pointed at or focused; never the only place where something is said. */
export function Hint({ text, keys, side = 'top', children }: HintProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger delay={350} render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className={css.place}>
          <Tooltip.Popup className={css.popup}>
            {text}
            {keys !== undefined && <Keys chord={keys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
