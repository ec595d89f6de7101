import type { GuidelineView } from '../../../src-main/contract/work.ts';
import { useSource } from '../../state/counts.ts';
import { Chip } from '../../ui/badge.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { Section } from '../../ui/section.tsx';
import { Time } from '../../ui/time.tsx';
import { useKey } from '../../commands/use-keys.ts';
import { categoryWords } from './category-words.ts';
import { stepWords, strikeWords } from './ladder-words.ts';
import css from './guidelines.module.css';

/** A guideline to read: its text, as it stands. */
export function ReadingView({ guideline }: { readonly guideline: GuidelineView }) {
  const connection = useSource(guideline.connectionId ?? '');
  return (
    <article className={css.reading}>
      <header className={css.heading}>
        <h1 dir="auto"><span className={css.cited}>{guideline.number}</span> {guideline.title}</h1>
        <p>
          version {guideline.version} · published <Time at={guideline.publishedAt} as="when" /> by <bdi>{guideline.publishedBy}</bdi>
          {connection !== undefined && <> · from <bdi>{connection.title}</bdi></>}
          {guideline.retired && ' · retired, no longer offered'}
        </p>
      </header>
      <Markdown text={guideline.body} />
    </article>
  );
}

/** Beside it: what it is for, its ladder, how long a strike counts, its versions. */
export function GuidelineSide({ guideline, versions, onVersion }: {
  readonly guideline: GuidelineView; readonly versions: readonly GuidelineView[]; readonly onVersion: (version: number) => void;
}) {
  return (
    <>
      <Section title="For reports of">
        <div className={css.chips}>{guideline.categories.length === 0 ? <p className={css.none}>No category; it is never suggested by itself.</p> : guideline.categories.map((category) => <Chip key={category}>{categoryWords(category)}</Chip>)}</div>
      </Section>
      <Section title="Ladder">
        {guideline.ladder.length === 0
          ? <p className={css.none}>No steps.</p>
          : <ol className={css.ladder}>{guideline.ladder.map((step) => <li key={step.strikes}><span>{strikeWords(step.strikes)}</span><strong>{stepWords(step)}</strong></li>)}</ol>}
        <p className={css.none}>A strike counts {guideline.strikeDays} days.</p>
      </Section>
      <Section title="Versions" keys={useKey('guideline.versions')}>
        <ul className={css.versions}>
          {versions.map((version) => (
            <li key={version.version}>
              <button type="button" onClick={() => onVersion(version.version)}>
                <span className={css.which}>v{version.version}</span>
                <bdi className={css.by}>{version.publishedBy}</bdi>
                <Time at={version.publishedAt} as="when" />
              </button>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
