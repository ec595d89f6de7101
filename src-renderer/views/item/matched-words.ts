
const QUOTED = /[“"«„「]([^”"»“」]{3,120})[”"»“」]/gu;
const MOST = 24;

/** What to mark in the reported text: the words that were filtered for, and what reporters quote from it. */
export function matchedWords(detail: { readonly subject: { readonly text: string }; readonly reports: readonly { readonly comment: string }[] }, filterText: string | undefined): readonly string[] {
  const text = detail.subject.text.slice(0, 20_000).toLocaleLowerCase();
  const wanted = (filterText ?? '').split(/\s+/u).map((word) => word.replaceAll(/["*]/g, ''));
  const quoted = detail.reports.flatMap(({ comment }) => [...comment.slice(0, 2000).matchAll(QUOTED)].map((match) => match[1] ?? ''));
  const found = [...wanted, ...quoted].map((words) => words.trim()).filter((words) => words.length > 1 && text.includes(words.toLocaleLowerCase()));
  return [...new Set(found)].slice(0, MOST);
}
