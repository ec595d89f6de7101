import { useSource } from '../../state/counts.ts';
import { namesItself, whereWords } from '../../state/source-words.ts';
import { Chip, HueDot } from '../../ui/badge.tsx';
import css from './origin.module.css';

/** Where the item comes from: its connection's name, the platform and the instance. */
export function Origin({ connectionId }: { readonly connectionId: string }) {
  const source = useSource(connectionId);
  // The line keeps its height, so that nothing below it moves once it is known.
  if (source === undefined) return <p className={css.origin} />;
  const [platform, instance] = whereWords(source);
  return (
    <p className={css.origin}>
      <HueDot hue={source.hue} />
      <bdi className={css.name}>{source.title}</bdi>
      {!namesItself(source) && <span className={css.there}>{platform}{instance !== null && <> on <bdi>{instance}</bdi></>}</span>}
      {source.removed && <Chip tone="warn">connection removed</Chip>}
    </p>
  );
}
