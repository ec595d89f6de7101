import type { CaseDetail } from '../../../src-main/contract/work.ts';
import { CASE_STAGES } from '../../../src-main/contract/words.ts';
import type { CaseStage } from '../../../src-main/contract/words.ts';
import { classes } from '../../ui/classes.ts';
import { Time } from '../../ui/time.tsx';
import { audienceWords } from '../notes/audience-words.ts';
import { STAGE_WORDS } from './words.ts';
import css from './case-page.module.css';

/** Title, number, who opened it, who mediates, who may read it; below, the way from complaint to closing. */
export function CaseHead({ detail, onStage }: { readonly detail: CaseDetail; readonly onStage: (stage: CaseStage) => void }) {
  const mediator = detail.parties.find(({ role }) => role === 'mediator');
  const reached = CASE_STAGES.indexOf(detail.stage);
  return (
    <header className={css.head}>
      <div className={css.heading}>
        <h1 dir="auto">{detail.title}</h1>
        <p>
          case {detail.number} · opened <Time at={detail.openedAt} as="when" /> by <bdi>{detail.openedBy}</bdi>
          {mediator !== undefined && <> · mediator <bdi>{mediator.name}</bdi></>} · {audienceWords(detail.audience)}
        </p>
      </div>
      <ol className={css.stages} aria-label="Stage">
        {CASE_STAGES.map((stage, index) => (
          <li key={stage}>
            <button
              type="button"
              className={classes(css.stage, index === reached && css.now, index > reached && css.ahead)}
              aria-current={index === reached ? 'step' : undefined}
              onClick={() => onStage(stage)}
            >
              {STAGE_WORDS[stage]}
            </button>
          </li>
        ))}
      </ol>
    </header>
  );
}
