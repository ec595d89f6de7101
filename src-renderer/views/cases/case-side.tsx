import type { CaseDetail } from '../../../src-main/contract/work.ts';
import { useKey } from '../../commands/use-keys.ts';
import { useNow } from '../../state/clock.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { classes } from '../../ui/classes.ts';
import { Section } from '../../ui/section.tsx';
import { Time } from '../../ui/time.tsx';
import { isDue } from './follow-up.ts';
import { firstLine } from './timeline.ts';
import { ROLE_WORDS } from './words.ts';
import css from './case-page.module.css';

/** Beside a case: when to look again, who is in it, what was kept. */
export function CaseSide({ detail, onEvidence }: { readonly detail: CaseDetail; readonly onEvidence: (itemId: number) => void }) {
  const now = useNow();
  const due = isDue(detail.followUpAt, now);
  return (
    <>
      <Section title="Follow-up" keys={useKey('case.follow-up')}>
        {detail.followUpAt === null
          ? <p className={css.none}>None set.</p>
          : <p className={classes(css.followUp, due && css.due)}><Time at={detail.followUpAt} as="when" /> {due ? 'Look at this case now' : 'Look at this case again'}</p>}
      </Section>
      <Section title={`Parties · ${detail.parties.length}`} keys={useKey('case.party')}>
        {detail.parties.length === 0 && <p className={css.none}>Nobody yet.</p>}
        <ul className={css.parties}>
          {detail.parties.map((party) => (
            <li key={party.id}>
              <Avatar name={party.name} size="small" />
              <span className={css.party}><bdi>{party.name}</bdi> · {ROLE_WORDS[party.role]}</span>
              {party.member === null && <span className={css.aside}>no account</span>}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={`Evidence · ${detail.items.length} kept`} keys={useKey('case.evidence')}>
        {detail.items.length === 0 && <p className={css.none}>Nothing linked yet.</p>}
        <ul className={css.evidence}>
          {detail.items.map((item, index) => (
            <li key={item.id}>
              <button type="button" className={css.piece} onClick={() => onEvidence(item.id)}>
                <span className={css.label}>E{index + 1}</span>
                <bdi className={css.kept}>{firstLine(item.kept === '' ? item.snippet : item.kept, 60)}</bdi>
                <span className={css.aside}>{item.gone ? 'gone since' : item.state}</span>
              </button>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
