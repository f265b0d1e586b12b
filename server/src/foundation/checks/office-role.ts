/** Whether somebody spoke in a post of his, and not as a resident or as whoever helps. Null: nobody said so. */
export const isOfficeRole = (role: string | null | undefined): boolean =>
  typeof role === 'string' && role !== 'resident' && role !== 'helper';
