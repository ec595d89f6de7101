import { initials } from './initials.ts';
import { classes } from './classes.ts';
import css from './avatar.module.css';

/** Initials in a rounded square. Pictures of members are never loaded. */
export function Avatar({ name, size = 'medium', reported = false }: { readonly name: string; readonly size?: 'small' | 'medium' | 'large'; readonly reported?: boolean }) {
  return <span className={classes(css.avatar, css[size], reported && css.reported)} aria-hidden="true">{initials(name)}</span>;
}
