import { CATEGORIES, SUBJECT_TYPES } from '../../../src-main/contract/words.ts';

/** A report in Docket's own shape, as the README documents it; several are about the same subject. */
export function ownReport(n: number) {
  const type = SUBJECT_TYPES[n % SUBJECT_TYPES.length] ?? 'post';
  const about = Math.floor(n / 6);
  return {
    report: { id: `r${n}`, category: CATEGORIES[n % CATEGORIES.length], comment: `Complaint ${n}, “see above”`, at: new Date(1_764_000_000_000 + n * 1000).toISOString() },
    subject: { id: `${type}-${about}`, type, text: `What ${type} ${about} says`, url: `https://forum.example/${type}/${about}`, place: 'Lounge', at: 1_763_000_000 + about },
    author: { id: type === 'member' ? `member-${about}` : `a${about % 50}`, name: `Author ${about}`, handle: `@author${about}@forum.example` },
    reporter: { id: `p${n % 90}`, name: `Reporter ${n % 90}` },
  };
}
