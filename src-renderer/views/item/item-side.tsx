import { memo } from 'react';
import type { ItemDetail } from '../../../src-main/contract/queue.ts';
import { useKey } from '../../commands/use-keys.ts';
import { navigate } from '../../state/route.ts';
import { Section } from '../../ui/section.tsx';
import { Notes } from '../notes/notes.tsx';
import { GuidelineCard } from './guideline-card.tsx';
import { MemberCard } from './member-card.tsx';
import css from './item-side.module.css';

type ItemSideProps = {
  readonly detail: ItemDetail;
  /** Only one block, as a tab; null: all of them. */
  readonly only: 'member' | 'guideline' | 'notes' | null;
};

/** Beside the item: the member and their record, the guideline with its ladder, cases, notes. */
export const ItemSide = memo(function ItemSide({ detail, only }: ItemSideProps) {
  const noteKey = useKey('write.note');
  const caseKey = useKey('write.case');
  return (
    <>
      {(only === null || only === 'member') && <MemberCard detail={detail} />}
      {(only === null || only === 'guideline') && <GuidelineCard detail={detail} />}
      {(only === null || only === 'member') && detail.cases.length > 0 && (
        <Section title="Cases" keys={caseKey}>
          <ul>
            {detail.cases.map((known) => (
              <li key={known.id}>
                <button type="button" className={css.case} onClick={() => navigate('cases', known.id)}>
                  <span className="tabular">{known.number}</span><span dir="auto">{known.title}</span>
                </button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {(only === null || only === 'notes') && (
        <Section title="Notes" keys={noteKey}><Notes key={detail.row.id} about={{ kind: 'item', id: detail.row.id }} /></Section>
      )}
    </>
  );
});
