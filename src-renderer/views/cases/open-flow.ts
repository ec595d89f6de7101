import { create } from 'zustand';

type Asked = { readonly itemIds: readonly number[]; readonly title: string } | null;

/** A case about to be opened: from which items, and the title to begin with. */
export const useAskedCase = create<{ readonly asked: Asked }>(() => ({ asked: null }));

/** Asks for a title, already filled in, and opens a case with these items as evidence; Enter is enough. */
export function askCase(itemIds: readonly number[], title: string): void {
  useAskedCase.setState({ asked: { itemIds, title } });
}
