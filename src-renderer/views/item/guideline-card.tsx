import type { ItemDetail } from '../../../src-main/contract/queue.ts';
import type { GuidelineView } from '../../../src-main/contract/work.ts';
import { useKey } from '../../commands/use-keys.ts';
import { useDeciding } from '../../state/deciding.ts';
import { ladderStep, useGuideline } from '../../state/guidelines.ts';
import { VERB_WORDS } from '../../state/verb-words.ts';
import { classes } from '../../ui/classes.ts';
import { Section } from '../../ui/section.tsx';
import { duration } from '../../ui/time-words.ts';
import { plainExcerpt } from './plain-excerpt.ts';
import css from './item-side.module.css';

/** A step in very few words: "mute 3 d"; a suspension for good is a ban. */
function stepWords({ verb, durationMs }: GuidelineView['ladder'][number]): string {
  if (verb === 'suspend' && durationMs === null) return 'ban';
  return durationMs === undefined ? VERB_WORDS[verb].short : `${VERB_WORDS[verb].short} ${duration(durationMs)}`;
}

/** The guideline that fits best, or the one the open decision rests on, with the ladder's recommended step. */
export function GuidelineCard({ detail }: { readonly detail: ItemDetail }) {
  const keys = useKey('look.guidelines');
  const chosen = useDeciding((state) => (state.draft?.itemIds.includes(detail.row.id) === true ? state.draft.guidelineId : null));
  const guideline = useGuideline(chosen ?? detail.guidelines[0] ?? null);
  const next = guideline === undefined ? null : ladderStep(guideline.ladder, detail.record?.activeStrikes ?? 0);
  return (
    <Section title="Guideline" keys={keys}>
      {guideline === undefined ? <p className={css.others}>No guideline fits by itself.</p> : (
        <div className={css.guideline}>
          <h4 dir="auto">{guideline.number} · {guideline.title}</h4>
          <p className={css.excerpt} dir="auto">{plainExcerpt(guideline.body, 400)}</p>
          {guideline.ladder.length > 0 && (
            <p className={css.ladder} aria-label="Ladder">
              {guideline.ladder.map((step) => (
                <span key={`${step.strikes}${step.verb}`} className={classes(css.step, step === next && css.next)} title={`At ${step.strikes} active ${step.strikes === 1 ? 'strike' : 'strikes'}`}>
                  {stepWords(step)}
                  {step === next && <span className="quiet"> recommended</span>}
                </span>
              ))}
            </p>
          )}
        </div>
      )}
    </Section>
  );
}
