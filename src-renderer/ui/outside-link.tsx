import { askLink, seeLink } from '../state/links.ts';
import type { ReactNode } from 'react';
import css from './outside-link.module.css';

/**
 * A link of someone else's making: its text, then where it really leads. It is a button, so that nothing follows
 * it by accident; it opens outside, on confirmation, and only where it is https.
 */
export function OutsideLink({ href, children }: { readonly href: string; readonly children?: ReactNode }) {
  const { address, opens } = seeLink(href);
  const shown = address.length > 300 ? `${address.slice(0, 300)}…` : address;
  if (!opens) return <span className={css.dead} title="This kind of link is never opened.">{children} <bdi dir="ltr" className={css.address}>{shown}</bdi></span>;
  return (
    <span className={css.wrap}>
      <button type="button" className={css.link} onClick={() => askLink(address)}>{children ?? <bdi dir="ltr">{shown}</bdi>}</button>
      {children !== undefined && <bdi dir="ltr" className={css.address}>{shown}</bdi>}
    </span>
  );
}
