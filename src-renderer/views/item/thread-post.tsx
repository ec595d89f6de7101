import { memo } from 'react';
import type { SubjectView } from '../../../src-main/contract/content.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { MemberName } from '../../ui/member-name.tsx';
import { Time } from '../../ui/time.tsx';
import { Body } from './body.tsx';
import css from './post.module.css';

/** Someone's post beside the reported one. */
export const ThreadPost = memo(function ThreadPost({ post }: { readonly post: SubjectView }) {
  return (
    <section className={css.post}>
      <Avatar name={post.author?.name ?? '?'} />
      <div className={css.inside}>
        <PostHead post={post} />
        <Body subject={post} marks={NO_MARKS} size="plain" />
      </div>
    </section>
  );
});

const NO_MARKS: readonly string[] = [];

/** Stays with what is before it where the line breaks. */
const DOT = '\u00A0· ';

/** Who wrote it, when, and what happened to it since; `place`: also where, which a thread's posts share. */
export function PostHead({ post, place = false }: { readonly post: SubjectView; readonly place?: boolean }) {
  return (
    <p className={css.head}>
      <MemberName member={post.author} address />
      {post.createdAt !== null && <>{DOT}<Time at={post.createdAt} as="moment" /></>}
      {post.editedAt !== null && <>{DOT}edited <Time at={post.editedAt} as="when" /></>}
      {post.deletedAt !== null && <>{DOT}<span className={css.gone}>deleted by its author</span></>}
      {post.removed && <>{DOT}<span className={css.gone}>hidden there</span></>}
      {place && post.place !== null && <>{DOT}<bdi>{post.place}</bdi></>}
    </p>
  );
}
