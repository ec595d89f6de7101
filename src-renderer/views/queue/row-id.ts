/** The element id of an item's row, for aria-activedescendant. */
export function rowElementId(id: number): string {
  return `item-${id}`;
}
