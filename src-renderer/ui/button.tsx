import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classes } from './classes.ts';
import { Keys } from './kbd.tsx';
import css from './button.module.css';

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & {
  readonly children?: ReactNode;
  /** `main`: the one thing to do here. `quiet`: no border until it is pointed at. */
  readonly look?: 'plain' | 'main' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
  /** The key that does the same, as the command table writes it. */
  readonly keys?: string | undefined;
  readonly pressed?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
};

/** A button; its label is a verb. */
export function Button({ children, look = 'plain', icon, keys, pressed, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      // The type is one of the three words of HTML; a form's button has to say `submit`.
      type={type}
      aria-pressed={pressed}
      className={classes(css.button, css[look], children === undefined && css.iconOnly)}
    >
      {icon}
      {children !== undefined && <span className={css.label}>{children}</span>}
      {keys !== undefined && <Keys chord={keys} />}
    </button>
  );
}
