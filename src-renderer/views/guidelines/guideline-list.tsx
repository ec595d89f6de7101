import type { Ref } from 'react';
import type { GuidelineView } from '../../../src-main/contract/work.ts';
import { Chip, HueDot } from '../../ui/badge.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FilterBox } from '../../ui/filter-box.tsx';
import { List } from '../../ui/list.tsx';
import { PlaceHead } from '../../ui/section.tsx';
import { useCounts } from '../../state/counts.ts';
import { categoryWords } from './category-words.ts';
import { useSourceTitle } from './source-words.ts';
import css from './guidelines.module.css';

export type FoundGuideline = { readonly id: string; readonly guideline: GuidelineView; readonly excerpt: string };

type GuidelineListProps = {
  readonly found: readonly FoundGuideline[];
  readonly loaded: boolean;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly filterRef: Ref<HTMLInputElement>;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
};

/** Where the words were found, in whose guideline; else what it is for. */
function Facts({ guideline, excerpt }: Pick<FoundGuideline, 'guideline' | 'excerpt'>) {
  const connection = useCounts((state) => state.connections?.find(({ id }) => id === guideline.connectionId));
  if (excerpt === '') return <span className={css.facts}>{guideline.categories.map(categoryWords).join(', ') || 'no category'}</span>;
  return (
    <span className={css.facts} dir="auto">
      {connection !== undefined && <><HueDot hue={connection.hue} /> <bdi>{connection.title}</bdi> · </>}
      {excerpt}
    </span>
  );
}

/** The guidelines by number, ours before what each connection publishes; a search shows where the words were found. */
export function GuidelineList({ found, loaded, text, onText, filterRef, selected, onSelect }: GuidelineListProps) {
  const titleOf = useSourceTitle();
  const searching = text.trim() !== '';
  const mixed = found.some(({ guideline }) => guideline.connectionId !== null);
  const groupOf = ({ guideline }: FoundGuideline): string => {
    const source = titleOf(guideline.connectionId);
    return source === null ? 'Ours' : `Published by ${source}`;
  };
  return (
    <>
      <PlaceHead title="Guidelines" said={loaded ? `${found.length}` : undefined}>
        <FilterBox ref={filterRef} label="Search guidelines" text={text} onText={onText} />
      </PlaceHead>
      {found.length > 0 && (
        <List label="Guidelines" rows={found} selected={selected} onSelect={onSelect} groupOf={mixed && !searching ? groupOf : undefined}>
          {({ guideline, excerpt }) => (
            <div className={css.line}>
              <span className={css.number}>{guideline.number}</span>
              <div className={css.words}>
                <bdi className={css.title}>{guideline.title}</bdi>
                <Facts guideline={guideline} excerpt={searching ? excerpt : ''} />
              </div>
              {guideline.retired && <Chip>retired</Chip>}
            </div>
          )}
        </List>
      )}
      {found.length === 0 && loaded && <Empty title="No guideline has these words" said="Escape clears the search." />}
    </>
  );
}
