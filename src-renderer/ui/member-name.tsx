import type { MemberRef } from '../../src-main/contract/content.ts';
import { middleCut } from './middle-cut.ts';
import css from './member-name.module.css';

type MemberNameProps = {
  readonly member: Pick<MemberRef, 'name' | 'handle'> | null;
  /** Also the address, cut in its middle where it is long. */
  readonly address?: boolean;
};

/** A member's name as text, direction of its own; the name is never cut in the middle, the address is. */
export function MemberName({ member, address = false }: MemberNameProps) {
  if (member === null) return <span className={css.unknown}>Unknown member</span>;
  const name = member.name === '' ? member.handle : member.name;
  return (
    <span className={css.member} title={`${name} ${member.handle}`}>
      <bdi className={css.name}>{name}</bdi>
      {address && member.handle !== name && <bdi className={css.handle}>{middleCut(member.handle, 34)}</bdi>}
    </span>
  );
}
